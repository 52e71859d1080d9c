"""Drawing: shapes on axes as Plotly figures, and figures as pictures. Independent of entries."""
