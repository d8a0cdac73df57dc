/// JSON as the interfaces write it. Open [io.ppio.api.json.Json].
@NullMarked
package io.ppio.api.json;

import org.jspecify.annotations.NullMarked;
