package dev.cortado.system.guest.files;

/**
 * Something that is done to a file.
 *
 * @param <T> what is given for it
 */
record Operation<T>(String name, Action<T> action) {
    /** Returns what is compared; fails as the JDK does. */
    @FunctionalInterface
    interface Action<T> {
        Object on(T operand) throws Exception;
    }

    static <T> Operation<T> of(String name, Action<T> action) {
        return new Operation<>(name, action);
    }
}
