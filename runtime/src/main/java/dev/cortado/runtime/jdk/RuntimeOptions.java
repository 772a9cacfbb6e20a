package dev.cortado.runtime.jdk;

import com.oracle.svm.common.option.CommonOptionParser;

/** Values of the Java runtime's options. */
final class RuntimeOptions {
    private RuntimeOptions() {}

    /**
     * The value behind the {@code =} of an option.
     *
     * @param argument what the user wrote, for messages
     * @throws IllegalArgumentException if it is no value of that type; the message says which
     */
    static Object parse(String argument, Class<?> type, int equals, String option) {
        String text = option.substring(equals + 1);
        try {
            if (type == Integer.class) {
                return Math.toIntExact(CommonOptionParser.parseLong(text));
            } else if (type == Long.class) {
                return CommonOptionParser.parseLong(text);
            } else if (type == Double.class) {
                return CommonOptionParser.parseDouble(text);
            } else if (type == String.class) {
                return text;
            }
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException(argument + ": '" + text + "' is no such number");
        }
        throw new IllegalArgumentException(argument + ": cannot be given when the guest boots");
    }
}
