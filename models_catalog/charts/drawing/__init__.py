"""Drawing: shapes on axes as Plotly figures, and figures as pictures. Knows nothing of entries."""
