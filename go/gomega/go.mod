module testingkit.dev/go/gomega

go 1.24.0

require (
	github.com/onsi/gomega v1.38.2
	testingkit.dev/go v0.1.0
)

require (
	github.com/google/go-cmp v0.7.0 // indirect
	go.yaml.in/yaml/v3 v3.0.4 // indirect
	golang.org/x/net v0.43.0 // indirect
	golang.org/x/text v0.28.0 // indirect
)

replace testingkit.dev/go => ../
