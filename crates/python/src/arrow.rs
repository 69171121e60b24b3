//! Tables to and from Python through Arrow's C interface, as the PyCapsule protocol wraps it: whoever speaks it (pandas, polars, pyarrow, DuckDB) takes
//! them without a copy, and none of them is needed.
//!
//! What must not live here: what a table says.

use crate::errors::{InputError, fault};
use arrow_array::ffi_stream::{ArrowArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{Array, RecordBatch, RecordBatchIterator, StructArray};
use arrow_schema::SchemaRef;
use arrow_schema::ffi::FFI_ArrowSchema;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyCapsuleMethods};
use std::collections::HashMap;

/// A table: batches of one schema.
#[pyclass(frozen, module = "sijill._native")]
pub struct Table {
    pub name: String,
    pub schema: SchemaRef,
    pub batches: Vec<RecordBatch>,
}

fn schema_capsule<'py>(py: Python<'py>, schema: &SchemaRef) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema.as_ref()).map_err(fault)?;
    PyCapsule::new_with_value(py, schema, c"arrow_schema")
}

#[pymethods]
impl Table {
    #[getter]
    fn name(&self) -> &str {
        &self.name
    }
    #[getter]
    fn num_rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }
    #[getter]
    fn column_names(&self) -> Vec<&str> {
        self.schema.fields().iter().map(|f| f.name().as_str()).collect()
    }
    /// What made the table: `sijill`, `lexicon`, `table`.
    #[getter]
    fn metadata(&self) -> HashMap<String, String> {
        self.schema.metadata().clone()
    }
    /// Column to its meaning.
    #[getter]
    fn meanings(&self) -> Vec<(&str, &str)> {
        self.schema.fields().iter().map(|f| (f.name().as_str(), f.metadata().get("meaning").map_or("", String::as_str))).collect()
    }
    fn batches(&self) -> Vec<Batch> {
        self.batches.iter().map(|b| Batch(b.clone())).collect()
    }
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, &self.schema)
    }
    /// The schema that a consumer wishes for is not heeded, which the protocol allows: it casts what it gets.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches: Vec<_> = self.batches.iter().cloned().map(Ok).collect();
        let reader = RecordBatchIterator::new(batches, self.schema.clone());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(reader)), c"arrow_array_stream")
    }
}

/// One batch of a table.
#[pyclass(frozen, module = "sijill._native")]
pub struct Batch(RecordBatch);

#[pymethods]
impl Batch {
    #[getter]
    fn num_rows(&self) -> usize {
        self.0.num_rows()
    }
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        schema_capsule(py, &self.0.schema())
    }
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyAny>>) -> PyResult<(Bound<'py, PyCapsule>, Bound<'py, PyCapsule>)> {
        let _ = requested_schema;
        let data = StructArray::from(self.0.clone()).into_data();
        let (array, _) = arrow_array::ffi::to_ffi(&data).map_err(fault)?;
        Ok((schema_capsule(py, &self.0.schema())?, PyCapsule::new_with_value(py, array, c"arrow_array")?))
    }
}

/// The batches of whatever gives an Arrow stream.
#[allow(unsafe_code)]
pub fn import(source: &Bound<'_, PyAny>) -> PyResult<ArrowArrayStreamReader> {
    let capsule = source.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast::<PyCapsule>().map_err(|_| InputError::new_err("__arrow_c_stream__: expected a capsule"))?;
    let stream = capsule.pointer_checked(Some(c"arrow_array_stream"))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: the protocol lays down that a capsule of this name points to a stream that is alive as long as the capsule is, and that the stream is moved out of
    // it by whoever takes it: `from_raw` does that, and leaves an empty one behind, which the capsule's destructor passes over. No Python code runs between the
    // look at the pointer and the move.
    let reader = unsafe { ArrowArrayStreamReader::from_raw(stream.as_ptr()) };
    reader.map_err(|e| InputError::new_err(format!("expected an Arrow stream, found: {e}")))
}
