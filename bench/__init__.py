"""Side-by-side measurements: ratios against a bare Streamlit page in the same run."""
