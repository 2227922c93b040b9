//! The attribute `#[testingkit::test]`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::spanned::Spanned as _;
use syn::{Attribute, Error, ItemFn, Result};

/// Puts the body of a function into a scope, and makes the function a test.
pub(crate) fn expand(arguments: &TokenStream, function: ItemFn) -> Result<TokenStream> {
    if !arguments.is_empty() {
        return Err(Error::new(arguments.span(), "it takes no arguments"));
    }
    let has_attribute = function.attrs.iter().any(is_test);
    let ItemFn {
        attrs,
        vis,
        sig,
        block,
    } = function;
    if sig.asyncness.is_some() && !has_attribute {
        let message = "write the attribute of its runtime below this one, such as #[tokio::test]";
        return Err(Error::new(sig.asyncness.span(), message));
    }
    let attribute = (!has_attribute).then(|| quote!(#[::core::prelude::v1::test]));
    let body = if sig.asyncness.is_some() {
        quote!(::testingkit::expect::future(async move #block).await)
    } else {
        let output = &sig.output;
        quote!(::testingkit::expect::test(move || #output #block))
    };
    Ok(quote! {
        #attribute
        #(#attrs)*
        #vis #sig {
            #body
        }
    })
}

/// Returns whether an attribute makes a function a test, such as `#[test]` or `#[tokio::test]`.
fn is_test(attribute: &Attribute) -> bool {
    let last = attribute.path().segments.last();
    last.is_some_and(|name| name.ident == "test")
}
