//! `#[derive(ToValue)]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt as _;
use syn::{
    Attribute, Data, DataEnum, DeriveInput, Error, Fields, Ident, LitStr, Result, Variant,
    parse_quote,
};

/// Implements the trait for a struct or an enum.
pub(crate) fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let ident = &input.ident;
    let name = Options::of(&input.attrs)?.name_or(ident);
    let body = match &input.data {
        Data::Struct(data) => {
            let fields = of_struct(&name, &data.fields)?;
            let pattern = &fields.pattern;
            let value = &fields.value;
            quote!(let Self #pattern = self; #value)
        }
        Data::Enum(data) => of_enum(&name, data)?,
        Data::Union(_) => return Err(Error::new_spanned(ident, "a union does not convert")),
    };
    let mut generics = input.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter
            .bounds
            .push(parse_quote!(::testingkit::value::ToValue));
    }
    let (implemented, types, bounds) = generics.split_for_impl();
    Ok(quote! {
        #[automatically_derived]
        impl #implemented ::testingkit::value::ToValue for #ident #types #bounds {
            fn to_value(
                &self,
            ) -> ::core::result::Result<
                ::testingkit::value::Value,
                ::testingkit::value::ConversionError,
            > {
                #body
            }
        }
    })
}

/// The options of `#[testingkit(...)]`.
#[derive(Default)]
struct Options {
    name: Option<String>,
    skip: bool,
}

impl Options {
    fn of(attributes: &[Attribute]) -> Result<Self> {
        let mut options = Self::default();
        let own = |attribute: &&Attribute| attribute.path().is_ident("testingkit");
        for attribute in attributes.iter().filter(own) {
            attribute.parse_nested_meta(|meta| {
                if meta.path.is_ident("skip") {
                    options.skip = true;
                } else if meta.path.is_ident("rename") {
                    options.name = Some(meta.value()?.parse::<LitStr>()?.value());
                } else {
                    return Err(meta.error("expected `rename = \"name\"` or `skip`"));
                }
                Ok(())
            })?;
        }
        Ok(options)
    }

    fn name_or(self, ident: &Ident) -> String {
        self.name.unwrap_or_else(|| ident.unraw().to_string())
    }
}

/// A pattern that binds fields, and the expression of their value.
struct Converted {
    pattern: TokenStream,
    value: TokenStream,
}

fn of_struct(name: &str, fields: &Fields) -> Result<Converted> {
    let bound = bound(fields)?;
    let Bound {
        pattern, idents, ..
    } = &bound;
    let value = match (fields, idents.as_slice()) {
        (Fields::Unnamed(_), [only]) => quote!(::testingkit::value::ToValue::to_value(#only)),
        (Fields::Unnamed(_), _) => quote!(::testingkit::value::derived_list(&[#(#idents),*])),
        _ => bound.record(name),
    };
    Ok(Converted {
        pattern: pattern.clone(),
        value,
    })
}

fn of_enum(name: &str, data: &DataEnum) -> Result<TokenStream> {
    if data.variants.is_empty() {
        return Ok(quote!(match *self {}));
    }
    // Only an enum without fields has discriminants that can be read.
    let is_plain = data
        .variants
        .iter()
        .all(|variant| matches!(variant.fields, Fields::Unit));
    let arms = data.variants.iter().enumerate().map(|(place, variant)| {
        let ident = &variant.ident;
        let Converted { pattern, value } = of_variant(name, place, variant, is_plain)?;
        Ok(quote!(Self::#ident #pattern => #value,))
    });
    let arms = arms.collect::<Result<Vec<_>>>()?;
    Ok(quote!(match self { #(#arms)* }))
}

fn of_variant(name: &str, place: usize, variant: &Variant, is_plain: bool) -> Result<Converted> {
    let ident = &variant.ident;
    let own = Options::of(&variant.attrs)?.name_or(ident);
    if matches!(variant.fields, Fields::Unit) {
        let number = if is_plain {
            quote!(Self::#ident as i128)
        } else {
            quote!(#place as i128)
        };
        return Ok(Converted {
            pattern: TokenStream::new(),
            value: quote!(::testingkit::value::derived_enum(#name, #own, #number)),
        });
    }
    let bound = bound(&variant.fields)?;
    Ok(Converted {
        value: bound.record(&own),
        pattern: bound.pattern,
    })
}

/// Fields that are not left out, bound to identifiers.
struct Bound {
    pattern: TokenStream,
    names: Vec<String>,
    idents: Vec<Ident>,
}

impl Bound {
    fn record(&self, name: &str) -> TokenStream {
        let Self { names, idents, .. } = self;
        quote!(::testingkit::value::derived_record(#name, &[#((#names, #idents)),*]))
    }
}

fn bound(fields: &Fields) -> Result<Bound> {
    let (mut names, mut idents, mut members) = (Vec::new(), Vec::new(), Vec::new());
    for (place, (field, member)) in fields.iter().zip(fields.members()).enumerate() {
        let options = Options::of(&field.attrs)?;
        if options.skip {
            continue;
        }
        let own = field.ident.clone().map(|ident| ident.unraw().to_string());
        names.push(options.name.or(own).unwrap_or_else(|| place.to_string()));
        idents.push(format_ident!("field_{place}"));
        members.push(member);
    }
    let pattern = quote!({ #(#members: #idents,)* .. });
    Ok(Bound {
        pattern,
        names,
        idents,
    })
}
