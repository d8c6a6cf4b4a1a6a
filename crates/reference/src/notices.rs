//! What has to be shown wherever the data is.

/// The notices that travel with the data, one sentence each, in the order in which they are to be shown (`data/README.md`).
/// The Open Government Licence does not let anyone suggest that a publisher endorses the product.
pub const fn notices() -> &'static [&'static str] {
    &[
        "Contains public sector information licensed under the Open Government Licence v3.0.",
        "Source: Office for National Statistics licensed under the Open Government Licence v3.0.",
        "Contains OS data © Crown copyright and database right 2025.",
        "Contains Royal Mail data © Royal Mail copyright and database right 2025.",
        "Adjacency checked against UK-GeoJSON by Martin Chorley, CC BY 4.0; contains Ordnance Survey data © Crown copyright and database right 2014.",
    ]
}
