/// The rules of the tree that a program can check, and the tests that check them over every file.
/// Open [TreeTest] first: one test per rule. Each rule is a small class with a test of its own that
/// plants a good and a bad source, so that a rule cannot fall silent.
///
/// Sources are parsed by the JDK's compiler but not resolved: a rule knows names through imports,
/// which is why wildcard imports are forbidden. Where that is not enough ([UnusedMembers]), the
/// class files that the build left are read as well, so all modules are built before this one is
/// tested.
///
/// What the tree still breaks of a rule is [Debt], which can only shrink.
@NullMarked
package io.ppio.check.tidy;

import org.jspecify.annotations.NullMarked;
