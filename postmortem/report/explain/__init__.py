"""Why a bound or a value is what it is, as the chain of claims behind it."""
