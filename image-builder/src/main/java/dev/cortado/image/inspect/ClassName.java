package dev.cortado.image.inspect;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What the name of a class in a size report tells. */
final class ClassName {
    static final String ARRAYS = "(primitive arrays)";
    static final String UNNAMED = "(unnamed package)";

    private static final Set<String> PRIMITIVES =
            Set.of("boolean", "byte", "char", "double", "float", "int", "long", "short");
    private static final List<String> RUNTIME =
            List.of("com.oracle.", "org.graalvm.", "jdk.graal.");
    private static final List<String> JDK =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "org.w3c.", "org.xml.");

    /** Who a class is from. */
    enum Origin {
        PROGRAM("Program and libraries"),
        CORTADO("Cortado"),
        RUNTIME("GraalVM runtime"),
        JDK("JDK"),
        DATA("Primitive arrays");

        private final String title;

        Origin(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        /** As documents and style sheets call it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private ClassName() {}

    /** The package, or a name in parentheses for what has none. */
    static String packageOf(String name) {
        int array = name.indexOf('[');
        String element = array < 0 ? name : name.substring(0, array);
        if (PRIMITIVES.contains(element)) {
            return ARRAYS;
        }
        int dot = element.lastIndexOf('.');
        return dot < 0 ? UNNAMED : element.substring(0, dot);
    }

    static Origin originOf(String packageName) {
        String name = packageName + ".";
        if (packageName.equals(ARRAYS)) {
            return Origin.DATA;
        }
        if (name.startsWith("dev.cortado.")) {
            return Origin.CORTADO;
        }
        if (RUNTIME.stream().anyMatch(name::startsWith)) {
            return Origin.RUNTIME;
        }
        return JDK.stream().anyMatch(name::startsWith) ? Origin.JDK : Origin.PROGRAM;
    }
}
