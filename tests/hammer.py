"""Asks everything that a process keeps for its threads, at its first use, by many threads: `python -m tests.hammer WAY`.

In a process of its own, since the first use is what may go wrong. WAY is `alone` (one thread), `together` (all threads
begin each job at once) or `scattered` (each begins with another job). Figures to draw come as JSON by standard input. Says
as JSON, job by job, the different answers that there were, as hashes.
"""

import hashlib
import json
import sys
from collections.abc import Callable
from io import BytesIO
from threading import Barrier, Lock, Thread
from typing import Any

import django

THREADS = 10
NAMES = (
    "紫東·太初",
    "长城 GPT 3.5",
    "曾国藩",
    "Mind GPT",
    "讯飞星火 app",
    "魯班",
    "度小满轩辕",
    "復(fù)旦(dàn)MOSS(OpenAI)",
)
Job = Callable[[], Any]


def found_names() -> Any:
    from models_catalog.text import names

    return [(names.keys(one), names.sort_keys(one, ""), names.slugify_name(one)) for one in NAMES]


def repaired() -> Any:
    from models_catalog.text.repair import repair

    return [repair(one) for one in NAMES]


def encoding() -> Any:
    from models_catalog.intake.articles.text import decoded

    return decoded("文心一言是百度的大模型，参数规模为2600亿。\n".encode("gb18030") * 20)


def parquet() -> Any:
    from models_catalog.publish.parquet import arrow_schema
    from models_catalog.publish.tables.models import CLAIMS

    return arrow_schema(CLAIMS).to_string()


def figure() -> Any:
    from models_catalog.charts.drawing.bars import Bars, Segment
    from models_catalog.charts.drawing.figure import FigureTable, figure_json
    from models_catalog.charts.plotted import frame

    bars = Bars(FigureTable([], []), ["金融", "医疗"], [Segment("开放", "#333333", [3, 4], ["", ""])])
    return figure_json(bars, {"of": len(frame(["a"], [["x", "x", "x", 1]]))})


def api_document() -> Any:
    from models_catalog.pages.api.schema import document

    return [document(language) for language in ("en", "zh-hans")]


def pages() -> Any:
    from django.test import RequestFactory
    from django.utils import translation

    from registry.errors import respond

    made = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            made.append(respond(RequestFactory().get("/models/", headers={"host": "localhost"}), 404).content)
    return made


def table_headings() -> Any:
    from models_catalog.intake.tables.columns import guess_mapping

    return guess_mapping(["模型", "Developer", "参数规模", "发布日期"])


def addresses() -> Any:
    from models_catalog.models.addresses import address

    return [address("home"), address("entry", "moss"), address("admin:index")]


def secret_picture() -> Any:
    import qrcode
    from qrcode.image.svg import SvgPathFillImage

    file = BytesIO()
    qrcode.make("otpauth://totp/Baimo", image_factory=SvgPathFillImage).save(file)
    return file.getvalue()


def pictures(figures: dict[str, Any]) -> dict[str, Job]:
    def drawn(kind: str, figure: Any) -> Job:
        def draw() -> Any:
            from models_catalog.charts.drawing import static_images

            return getattr(static_images, kind)(figure, "来源")

        return draw

    return {f"{name}.{kind}": drawn(kind, one) for name, one in figures.items() for kind in ("svg", "png")}


LIBRARIES: tuple[Job, ...] = (
    pages, figure, api_document, parquet, found_names, repaired, encoding, table_headings, addresses, secret_picture,
)  # fmt: skip


def hammered(jobs: dict[str, Job], way: str) -> dict[str, list[str]]:
    """Job → the different answers."""
    answers: dict[str, set[str]] = {name: set() for name in jobs}
    threads = 1 if way == "alone" else THREADS
    barrier, adding = Barrier(threads), Lock()

    def work(number: int) -> None:
        names = list(jobs)
        if way == "scattered":
            names = names[number % len(names) :] + names[: number % len(names)]
        barrier.wait()
        for name in names:
            if way == "together":
                barrier.wait()
            answer = _answer(jobs[name])
            with adding:
                answers[name].add(answer)

    running = [Thread(target=work, args=(number,)) for number in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return {name: sorted(found) for name, found in answers.items()}


def _answer(job: Job) -> str:
    try:
        return hashlib.sha256(repr(job()).encode()).hexdigest()
    except Exception as error:  # which is an answer that one thread alone does not give
        return repr(error)


if __name__ == "__main__":
    django.setup()
    sys.setswitchinterval(1e-6)  # threads change as often as they can
    every = {job.__name__: job for job in LIBRARIES} | pictures(json.load(sys.stdin))
    json.dump(hammered(every, sys.argv[1]), sys.stdout)
