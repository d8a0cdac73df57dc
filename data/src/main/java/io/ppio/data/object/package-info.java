/// Objects: how they are cut, encrypted and named.
///
/// Open [io.ppio.data.object.ObjectLayout] and [io.ppio.data.object.ObjectKey]. Data and proofs
/// specification, sections 1.2 to 1.5 and 2; interface specification 3.4.
@NullMarked
package io.ppio.data.object;

import org.jspecify.annotations.NullMarked;
