package io.ppio.api.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/// Option forms of interface specification 4.1.
class ArgumentsTest {
  @Test
  void singleDashIsAsGoodAsTwo() {
    assertArrayEquals(
        new String[] {"put-object", "--bucket=b", "--key", "k", "-h"},
        Arguments.normalised("put-object", "-bucket=b", "--key", "k", "-h"));
  }

  @Test
  void valuesInQuotesAreUnquotedOnce() {
    assertArrayEquals(
        new String[] {"--key=a b", "--body='x'", "--metadata=\""},
        Arguments.normalised("--key='a b'", "--body=\"'x'\"", "--metadata=\""));
  }

  @Test
  void undefinedMeansNotGivenWhereTheSdkWritesIt() {
    assertArrayEquals(
        new String[] {"init", "--keystore=", "--key-passphrase=", "--bucket=undefined"},
        Arguments.normalised(
            "init", "--keystore=undefined", "--key-passphrase=undefined", "--bucket=undefined"));
  }

  @Test
  void negativeNumbersAndPathsStay() {
    assertArrayEquals(new String[] {"-5", "-", "/a"}, Arguments.normalised("-5", "-", "/a"));
  }
}
