package dev.cortado.image.launch;

import dev.cortado.image.launch.ClassOutline.Method;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.objectweb.asm.Opcodes;

/**
 * The rules by which a launcher chooses a main method and starts it: JLS 25, section 12.1.4, and
 * what the {@code java} command makes of it. A public {@code main(String[])}, wherever it is
 * inherited from, comes before one that is not public, and that before a {@code main()}.
 */
public final class MainMethod {
    private static final String WITH_ARGUMENTS = "([Ljava/lang/String;)";
    private static final String WITHOUT_ARGUMENTS = "()";
    private static final String NO_PARAMETERS = "()V";

    private final Function<String, ClassOutline> types;

    /**
     * @param types finds a class by its name; null for one that is not the program's
     */
    public MainMethod(Function<String, ClassOutline> types) {
        this.types = types;
    }

    /** Why a launcher does not start the class; empty if it does. */
    public Optional<String> problem(ClassOutline type) {
        Method main = find(type, WITH_ARGUMENTS, true);
        main = main == null ? find(type, WITH_ARGUMENTS, false) : main;
        main = isValid(main) ? main : find(type, WITHOUT_ARGUMENTS, false);
        if (!isValid(main)) {
            return Optional.of(nearMiss(type));
        }
        return main.is(Opcodes.ACC_STATIC) ? Optional.empty() : instanceProblem(type);
    }

    private static boolean isValid(Method main) {
        return main != null && main.descriptor().endsWith(")V") && !main.is(Opcodes.ACC_PRIVATE);
    }

    private static Optional<String> instanceProblem(ClassOutline type) {
        if (type.isAbstract()) {
            return Optional.of("its main is an instance method, and the class is abstract");
        }
        if (type.isInner()) {
            return Optional.of("its main is an instance method, and the class an inner one");
        }
        boolean canBeCreated =
                type.constructors().stream()
                        .anyMatch(constructor ->
                                constructor.descriptor().equals(NO_PARAMETERS)
                                        && !constructor.is(Opcodes.ACC_PRIVATE));
        return canBeCreated
                ? Optional.empty()
                : Optional.of(
                        "its main is an instance method and there is no constructor without"
                                + " parameters that is not private");
    }

    /** The method of the class, or else of its superclasses, or else of its interfaces. */
    private Method find(ClassOutline type, String parameters, boolean publicOnly) {
        return find(type, parameters, publicOnly, true, new HashSet<>());
    }

    private Method find(
            ClassOutline type,
            String parameters,
            boolean publicOnly,
            boolean staticToo,
            Set<String> seen) {
        if (type == null || !seen.add(type.name())) {
            return null;
        }
        for (Method main : type.mains()) {
            if (main.descriptor().startsWith(parameters)
                    && (!publicOnly || main.is(Opcodes.ACC_PUBLIC))
                    && (staticToo || !main.is(Opcodes.ACC_STATIC))) {
                return main;
            }
        }
        Method found = find(types.apply(type.superName()), parameters, publicOnly, staticToo, seen);
        for (String parent : type.interfaces()) {
            if (found == null) {
                // Static methods of interfaces are not inherited: JLS 25, section 8.4.8.
                found = find(types.apply(parent), parameters, publicOnly, false, seen);
            }
        }
        return found;
    }

    private static String nearMiss(ClassOutline type) {
        if (type.mains().isEmpty()) {
            return "it has no main";
        }
        Method main = type.mains().getFirst();
        if (main.is(Opcodes.ACC_PRIVATE)) {
            return "its main is private";
        }
        return main.descriptor().endsWith(")V")
                ? "its main has other parameters"
                : "its main returns something";
    }
}
