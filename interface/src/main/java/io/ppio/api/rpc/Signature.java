package io.ppio.api.rpc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The parameter names of a method in their order, each with its aliases.
///
/// @param parameters at most a dozen; position is the place in the list
record Signature(List<Parameter> parameters) {
  /// One parameter.
  ///
  /// @param names the documented name, then aliases accepted with named parameters
  record Parameter(int position, List<String> names) {}

  Signature {
    parameters = List.copyOf(parameters);
  }

  /// Parses `"bucket key file|outfile"`: names separated by spaces, aliases by bars.
  static Signature of(String text) {
    List<Parameter> parameters = new ArrayList<>();
    for (String names : Arrays.asList(text.trim().split(" +"))) {
      if (!names.isEmpty()) {
        parameters.add(new Parameter(parameters.size(), List.of(names.split("\\|"))));
      }
    }
    return new Signature(parameters);
  }

  Parameter parameter(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.names().getFirst().equals(name)) {
        return parameter;
      }
    }
    throw new IllegalStateException("no parameter " + name);
  }
}
