"""What HARDENING asks to be sent: values, whole query strings, paths, methods and headers, as they stand on the wire."""

from urllib.parse import quote

from tests.nasties import NASTIES

_MORE = [
    "\n\r", "99999", "0", "-0", "0000-01-01", "99999-12-31", "2023-02-29", "2023-W05", "１２３", "２０２３", "１００亿", "∞", "1e5",
    "1" * 19 + "亿", "9" * 4_301, "0." + "1" * 400 + "B", "1" * 300 + "万亿", "00000000-0000-0000-0000-00000000000g",
    "{12345678-1234-5678-1234-567812345678}", "*", "+", "(?P<a", "(a+)+$", "[" * 1_000, "(" * 5_000, "{" * 400,
    "\u200f\u202e\u2066abc", "\u200b", "\ufeff", "é" * 100, "e\u0301" * 100, "ﷺ" * 90, "İ" * 100, "ß" * 100, "' OR 1=1 --",
    "1; SELECT pg_sleep(10)", "${7*7}", "<%= 7*7 %>", "{% debug %}", "%(name)s", "{0.__class__}", "unstated", "..%2f..%2f",
    "C:\\Windows", "javascript:alert(1)", "//evil.example", "data:text/html,x", "a" * 8_000, "文 " * 60, "null", "undefined",
    "None", "True", "[]", "{}", ",", ";", "&", "=", "#", "1,2,3", "-", "--", "_" * 50, "%%%%", "\\\\" * 50, "_%_%" * 10,
]  # fmt: skip

RAW = [
    "%", "%z", "%zz", "%e", "%ff", "%ff%fe", "%ed%a0%80", "%ed%bf%bf%ed%a0%80", "%c0%80", "%c0%af", "%f4%90%80%80", "%u4e00",
    "%00%00", "%e6%96", "+" * 500, "%25%32%35", "%2500", "\xff\xfe", "a%0d%0aSet-Cookie:%20x=1",
]  # fmt: skip
"""Values that cannot be written as text: broken percent-encoding, lone surrogates, overlong forms."""

VALUES = [*(quote(value) for value in [*NASTIES, *_MORE]), *RAW]
"""All of them, encoded."""

QUERIES = [
    "&".join("developer=baidu" for _ in range(1_000)), "&".join(f"developer=d{i}" for i in range(1_000)),
    "&".join("model=pangu" for _ in range(1_000)), "&".join(f"model=m{i}" for i in range(1_000)),
    "&".join(f"x{i}=1" for i in range(900)), "&".join(f"x{i}=1" for i in range(3_000)), "q=" + "a" * 60_000, "&" * 5_000,
    "=" * 5_000, ";" * 500, "page=1&page=2", "sort=name&sort=-name", "q", "q=&q=", "=x", "&q=1&&", "q[]=1", "q[a][b]=1",
    "q" + "[" * 2_000 + "=1", "%ff=1", "%00=1", "a%00b=1", "%ed%a0%80=1", "?" * 200, "q=a?b=c", "q=文心", "\xff\xfe=\xff",
    "parameters_min=1&parameters_max=0", "released_from=2023&released_to=1", "page=1000000", "page=999999999999999999999",
    "offset=9223372036854775807&limit=9223372036854775807", "limit=-1", "limit=0", "page_size=1000000000",
    "format=xml", "format=../../x", "format=%00", "_method=DELETE", "language=xx", "csrfmiddlewaretoken=1",
]  # fmt: skip

SLUGS = [
    *VALUES, "../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e/", "pangu%00", "pangu%0a", "PANGU", "pangu.", "pangu.csv",
    "pangu;x=1", "pangu%20", "pangu/", "pangu//", "pangu%2f", "-", "--", "a" * 255, "a" * 5_000, "盘古", "0", "null",
]  # fmt: skip
"""What stands in an address in place of a name."""

PATHS = [
    "/", "//", "///", "//evil.example/", "/\\evil.example/", "/%2f%2fevil.example/", "/en", "/zh", "/en/", "/zh/", "/en//", "/en/en/",
    "/zh/en/models/", "/EN/models/", "/fr/models/", "/en/%00", "/%00", "/.", "/..", "/./", "/../", "/%2e%2e/%2e%2e/", "/.env",
    "/.git/config", "/static/", "/static/../registry/settings.py", "/static/..%2f..%2fmanage.py", "/static/%00", "/static//etc/passwd",
    "/favicon.ico", "/robots.txt", "/sitemap.xml", "/sitemap-models-0.xml", "/sitemap-models-99999999999999999999.xml", "/admin", "/admin/",
    "/admin/x", "/admin/models_catalog/", "/admin/models_catalog/entry/0/", "/admin/r/1/1/", "/api", "/api/", "/api/v1/", "/api/x/",
    "/models", "/models.CSV", "/models.csv/", "/models.xml", "/models//", "/index.php", "/wp-login.php", "/%ff", "/%ed%a0%80", "/文心/",
    "/\u202e/", "/" + "a" * 8_000, "/" + "a/" * 2_000, "/models/" + "%2e%2e%2f" * 500, "/;", "/?", "/#", "/*", "/%25", "/%25%30%30",
    "/models/?next=//evil.example", "/healthz/", "/readyz/x", "/models/\n", "/models/%0d%0aX:1/", "*", "models/", "",
]  # fmt: skip

METHODS = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "LOCK", "QUERY", "PURGE", "get", "X",
    "X" * 300, "G\u00e9T",
]  # fmt: skip

_HEADER_VALUES = [
    "", " ", "\0", "*", "*/*;q=x", "a" * 8_000, "\xff\xfe", "é", "zh;q=1.5,en;q=-1", "zh-Hans-CN-x-private,en;q=0.9999999", "," * 2_000,
    "en-" + "a-" * 500, "x=" * 500, "text/html;" * 300, "application/json", "text/csv", "../../etc/passwd", "1" * 5_000, "NaN",
    "bytes=0-" + "9" * 400, "bytes=-1", "bytes=5-1,0-0," * 50, 'W/"x"', "Thu, 01 Jan 0000 00:00:00 GMT", "Fri, 31 Dec 99999 23:59:59 GMT",
    "' OR 1=1", "<script>alert(1)</script>", "evil.example", "127.0.0.1, 10.0.0.1", "https", "chunked", "gzip, br;q=0, *;q=0",
]  # fmt: skip
_HEADERS = [
    "Accept", "Accept-Charset", "Accept-Encoding", "Accept-Language", "Authorization", "Cookie", "If-Match", "If-Modified-Since",
    "If-None-Match", "If-Range", "If-Unmodified-Since", "Origin", "Range", "Referer", "User-Agent", "X-Forwarded-For",
    "X-Forwarded-Host", "X-Forwarded-Proto", "X-HTTP-Method-Override", "X-Requested-With", "X-Original-URL", "HX-Request", "DNT",
    "Sec-GPC", "X-CSRFToken",
]  # fmt: skip
HEADERS = [(header, value) for header in _HEADERS for value in _HEADER_VALUES]

COOKIES = [
    f"{name}={value}"
    for name in ("language", "session", "csrf", "messages", "__Host-session", "compare")
    for value in _HEADER_VALUES
]

HOSTS = [
    "evil.example", "testserver:x", "testserver@evil.example", "", " ", "a" * 300, "[::1", "[::1]:80:80",
    "testserver/evil", "testserver\\evil", "xn--", "例子.测试", "127.0.0.1.evil.example", ".", "..", "\0",
]  # fmt: skip

BODIES = [
    ("application/x-www-form-urlencoded", b"a=%00&b=%ff"), ("application/x-www-form-urlencoded", b"&".join(b"x%d=1" % i for i in range(3_000))),
    ("application/x-www-form-urlencoded; charset=utf-7", b"a=1"), ("application/x-www-form-urlencoded; charset=nonsense", b"a=1"),
    ("application/x-www-form-urlencoded", b"a" * 6_000_000), ("multipart/form-data", b"x"), ("multipart/form-data; boundary=", b"x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"a\r\n"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"../../x\"\r\n\r\n1\r\n--x--\r\n"),
    ("multipart/form-data; boundary=" + "b" * 300, b"x"), ("multipart/form-data; boundary=\xff", b"x"),
    ("application/json", b"{"), ("application/json", b"[" * 100_000), ("application/json", b'{"a": NaN}'), ("text/xml", b"<a/>"),
    ("", b"x"), ("\0", b"x"), ("x" * 3_000, b"x"), ("application/octet-stream", b"\xff\xfe"),
]  # fmt: skip
