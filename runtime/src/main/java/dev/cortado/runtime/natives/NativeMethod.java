package dev.cortado.runtime.natives;

/**
 * A native method of the JDK and what stands for it.
 *
 * @param className with dots
 * @param name of the method; with its descriptor where the class has several natives of that name
 * @param reason why, where it is nothing or refused; otherwise empty
 */
public record NativeMethod(
        String module, String className, String name, Replacement replacement, String reason) {

    /** How it is looked up. */
    public String key() {
        return className + "." + name;
    }
}
