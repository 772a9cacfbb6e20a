package dev.cortado.image.launch;

import java.util.List;

/**
 * What a launcher looks at in a class.
 *
 * @param name with dots
 * @param superName empty for {@code Object}
 * @param isAbstract whether it is abstract, or an interface
 * @param isInner whether it is a member class with an outer instance
 * @param mains its own methods called main
 * @param constructors its constructors
 */
public record ClassOutline(
        String name,
        String superName,
        List<String> interfaces,
        boolean isAbstract,
        boolean isInner,
        List<Method> mains,
        List<Method> constructors) {

    /** A method as it is declared; {@code access} has the flags of the class file. */
    public record Method(int access, String descriptor) {
        boolean is(int flag) {
            return (access & flag) != 0;
        }
    }
}
