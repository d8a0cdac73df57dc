package io.ppio.api.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/// Option forms of interface specification 4.1.
class ArgumentReaderTest {
  @Test
  void singleDashIsAsGoodAsTwo() {
    assertArrayEquals(
        new String[] {"put-object", "--bucket=b", "--key", "k", "-h"},
        ArgumentReader.normalised("put-object", "-bucket=b", "--key", "k", "-h"));
  }

  @Test
  void valuesInQuotesAreUnquotedOnce() {
    assertArrayEquals(
        new String[] {"--key=a b", "--body='x'", "--metadata=\""},
        ArgumentReader.normalised("--key='a b'", "--body=\"'x'\"", "--metadata=\""));
  }

  @Test
  void undefinedMeansNotGivenWhereTheSdkWritesIt() {
    assertArrayEquals(
        new String[] {"init", "--keystore=", "--key-passphrase=", "--bucket=undefined"},
        ArgumentReader.normalised(
            "init", "--keystore=undefined", "--key-passphrase=undefined", "--bucket=undefined"));
  }

  @Test
  void negativeNumbersAndPathsStay() {
    assertArrayEquals(new String[] {"-5", "-", "/a"}, ArgumentReader.normalised("-5", "-", "/a"));
  }
}
