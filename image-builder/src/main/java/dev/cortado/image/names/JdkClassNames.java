package dev.cortado.image.names;

import java.util.regex.Pattern;

/**
 * Which strings look like names of the JDK's own implementations, that programs choose by name: a
 * factory of JNDI, a parser. What its interfaces are called is no choice.
 */
final class JdkClassNames {
    private static final Pattern NAME =
            Pattern.compile("(?:com\\.sun|sun|jdk|org\\.jcp)(?:\\.[a-z]\\w*)+\\.[A-Z][\\w$]*");

    private JdkClassNames() {}

    static boolean isOne(String string) {
        return NAME.matcher(string).matches();
    }
}
