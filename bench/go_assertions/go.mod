module bench.acme.dev/go_assertions

go 1.24.0

require (
	github.com/google/go-cmp v0.7.0
	github.com/onsi/gomega v1.38.2
	github.com/stretchr/testify v1.11.1
	testingkit.dev/go v0.1.0
)

require (
	github.com/davecgh/go-spew v1.1.1 // indirect
	github.com/pmezard/go-difflib v1.0.0 // indirect
	go.yaml.in/yaml/v3 v3.0.4 // indirect
	golang.org/x/net v0.43.0 // indirect
	golang.org/x/text v0.28.0 // indirect
	gopkg.in/yaml.v3 v3.0.1 // indirect
)

replace testingkit.dev/go => ../../go
