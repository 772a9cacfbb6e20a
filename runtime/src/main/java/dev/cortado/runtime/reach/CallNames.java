package dev.cortado.runtime.reach;

import java.util.ArrayList;
import java.util.List;

/** Methods as people are shown them. */
public final class CallNames {
    /** The modules of the guest, which are on the class path beside the program. */
    private static final List<String> GUEST =
            List.of(
                    "dev.cortado.boot.",
                    "dev.cortado.kernel.",
                    "dev.cortado.drivers.",
                    "dev.cortado.runtime.");

    private static final String LEFT_OUT = "...";

    /** How many methods are shown at the beginning and at the end of a long chain. */
    private static final int FIRST = 3;

    private static final int LAST = 2;

    private CallNames() {}

    /** Whether a class is of the guest's kernel, drivers or runtime. */
    public static boolean isGuest(String className) {
        return GUEST.stream().anyMatch(className::startsWith);
    }

    /**
     * A chain without parameters and what the compiler makes of lambda expressions; of a long one,
     * what is in the middle is left out.
     *
     * @param methods such as {@code java.io.File.delete()}
     */
    public static List<String> shown(List<String> methods) {
        List<String> names = new ArrayList<>();
        for (String method : methods) {
            String name = name(method);
            if (names.isEmpty() || !names.getLast().equals(name)) {
                names.add(name);
            }
        }
        if (names.size() <= FIRST + LAST + 1) {
            return names;
        }
        List<String> ends = new ArrayList<>(names.subList(0, FIRST));
        ends.add(LEFT_OUT);
        ends.addAll(names.subList(names.size() - LAST, names.size()));
        return ends;
    }

    private static String name(String method) {
        String name = method.substring(0, method.indexOf('('));
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda) + ".lambda";
    }
}
