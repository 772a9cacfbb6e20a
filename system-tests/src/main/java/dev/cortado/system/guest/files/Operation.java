package dev.cortado.system.guest.files;

/**
 * Something that is done to a file.
 *
 * @param isQuestion whether it changes nothing, whatever comes of it
 * @param <T> what is given for it
 */
record Operation<T>(String name, boolean isQuestion, Action<T> action) {
    /** Returns what is compared; fails as the JDK does. */
    @FunctionalInterface
    interface Action<T> {
        Object on(T operand) throws Exception;
    }

    static <T> Operation<T> of(String name, Action<T> action) {
        return new Operation<>(name, false, action);
    }

    static <T> Operation<T> question(String name, Action<T> action) {
        return new Operation<>(name, true, action);
    }
}
