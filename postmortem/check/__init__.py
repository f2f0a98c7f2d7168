"""Document to Incident: shape, references, statements; one rule a file, the registry one explicit tuple."""
