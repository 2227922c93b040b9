package runner

// Version is the version of this SDK. The kit of the same release has the same version.
const Version = "0.1.0"
