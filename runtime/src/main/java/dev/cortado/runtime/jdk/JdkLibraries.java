package dev.cortado.runtime.jdk;

import java.util.Set;

/** The JDK's own native libraries, which need no loading: their natives are Java. */
final class JdkLibraries {
    private static final Set<String> NAMES =
            Set.of(
                    "java",
                    "attach",
                    "j2gss",
                    "j2pcsc",
                    "j2pkcs11",
                    "jaas",
                    "sctp",
                    "net",
                    "nio",
                    "zip",
                    "jimage",
                    "extnet",
                    "prefs",
                    "rmi",
                    "management",
                    "management_ext",
                    "management_agent");

    private JdkLibraries() {}

    static boolean contains(String name) {
        return NAMES.contains(name);
    }
}
