module basket.acme.dev/go

go 1.24.0

require testingkit.dev/go v0.1.0

replace testingkit.dev/go => ../../../go
