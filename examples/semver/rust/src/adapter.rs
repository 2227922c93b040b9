//! Serves the crate `semver`.

include!("../generated/mod.rs");

use acme::semver::v1::{semver_service_server::*, *};
use tonic::{Request, Response, Status};

fn read(text: &str) -> Result<semver::Version, Status> {
    semver::Version::parse(text).map_err(|error| Status::invalid_argument(error.to_string()))
}

type Answer<T> = Result<Response<T>, Status>;
struct Semver;

#[tonic::async_trait]
impl SemverService for Semver {
    async fn parse(&self, request: Request<ParseRequest>) -> Answer<ParseResponse> {
        let version = read(&request.get_ref().version)?;
        Ok(Response::new(ParseResponse {
            major: version.major.to_string(),
            minor: version.minor.to_string(),
            patch: version.patch.to_string(),
            prerelease: version.pre.to_string(),
            build: version.build.to_string(),
        }))
    }

    async fn compare(&self, request: Request<CompareRequest>) -> Answer<CompareResponse> {
        let CompareRequest { left, right } = request.into_inner();
        // cmp_precedence ignores the build, as the specification requires; cmp does not.
        let ordering = 2 + read(&left)?.cmp_precedence(&read(&right)?) as i32;
        Ok(Response::new(CompareResponse { ordering }))
    }
}

fn main() -> std::process::ExitCode {
    testingkit_runner::Runner::new("rust", "1.0.28")
        .descriptors(include_bytes!("../generated/descriptors.bin"))
        .add_service(SemverServiceServer::new(Semver))
        .run()
}
