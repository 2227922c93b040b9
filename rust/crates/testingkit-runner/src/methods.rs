//! Finds the methods of services in file descriptor sets, because tonic's servers do not list them.

use prost::Message as _;
use prost_types::{FileDescriptorSet, ServiceDescriptorProto};

use crate::error::ServeError;

/// The decoded descriptors of a runner.
pub(crate) struct Descriptors(Vec<FileDescriptorSet>);

impl Descriptors {
    pub(crate) fn decode(sets: &[&'static [u8]]) -> Result<Self, ServeError> {
        let sets: Result<_, _> = sets
            .iter()
            .map(|&set| FileDescriptorSet::decode(set))
            .collect();
        Ok(Self(sets?))
    }

    /// Returns the names of the unary methods of a service. Streaming methods are served to plain
    /// clients but not declared, because a case is one request and one answer.
    pub(crate) fn unary_methods(&self, service: &'static str) -> Result<Vec<&str>, ServeError> {
        let found = self
            .service(service)
            .ok_or(ServeError::NoDescriptors { service })?;
        let unary = found
            .method
            .iter()
            .filter(|m| !m.client_streaming() && !m.server_streaming());
        Ok(unary.map(|method| method.name()).collect())
    }

    fn service(&self, full_name: &str) -> Option<&ServiceDescriptorProto> {
        let (package, name) = full_name.rsplit_once('.').unwrap_or(("", full_name));
        self.0
            .iter()
            .flat_map(|set| &set.file)
            .filter(|file| file.package() == package)
            .flat_map(|file| &file.service)
            .find(|service| service.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::Descriptors;
    use crate::error::ServeError;

    #[test]
    fn only_unary_methods_are_listed() -> Result<(), ServeError> {
        let descriptors = Descriptors::decode(&[testingkit_proto::DESCRIPTORS])?;
        let methods = descriptors.unary_methods("testingkit.conformance.v1.RunnerService")?;
        assert_eq!(methods, ["Describe", "Shutdown"]);
        Ok(())
    }

    #[test]
    fn a_service_without_descriptors_is_an_error() -> Result<(), ServeError> {
        let descriptors = Descriptors::decode(&[testingkit_proto::DESCRIPTORS])?;
        let error = descriptors
            .unary_methods("testingkit.v1.RunnerService")
            .err();
        assert!(
            matches!(error, Some(ServeError::NoDescriptors { .. })),
            "{error:?}"
        );
        Ok(())
    }

    #[test]
    fn bytes_that_are_not_descriptors_are_an_error() {
        assert!(matches!(
            Descriptors::decode(&[b"\xff\xff"]),
            Err(ServeError::Descriptors(_))
        ));
    }
}
