package java.lang;

import jdk.internal.loader.BuiltinClassLoader;

/**
 * Refuses native libraries to the program that is compiled, whose initializers may run meanwhile:
 * there are none in a guest, and a class that has found its own here, as Netty's for OpenSSL does,
 * would count on it there.
 *
 * <p>Belongs into {@code java.base}.
 */
public final class ProgramLibraries {
    private ProgramLibraries() {}

    /**
     * Returns if the class is one of the JDK's or the compiler's own.
     *
     * @param library its name or file
     * @throws UnsatisfiedLinkError as if there were no such library
     */
    public static void check(Class<?> user, Object library) {
        ClassLoader loader = user.getClassLoader();
        if (loader != null && !(loader instanceof BuiltinClassLoader)) {
            throw new UnsatisfiedLinkError("no native libraries in an image: " + library);
        }
    }
}
