package dev.cortado.image.preflight;

import dev.cortado.image.launch.ClassOutline;
import dev.cortado.image.launch.MainMethod;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sees all classes go by and knows in the end whether the main class can be started. */
final class MainClassCheck {
    private static final int MOST_SUGGESTIONS = 3;

    private final String wanted;
    private final Map<String, ClassOutline> seen = new HashMap<>();
    private final MainMethod rules = new MainMethod(seen::get);

    MainClassCheck(String mainClass) {
        this.wanted = mainClass;
    }

    /** Whether it is the main class. */
    boolean look(ClassOutline type) {
        // The first of a name on the class path is the one that counts.
        return seen.putIfAbsent(type.name(), type) == null && type.name().equals(wanted);
    }

    /**
     * @param passedOver what is not on the class path although it was named: the class may be there
     */
    List<Finding> findings(List<String> passedOver) {
        ClassOutline type = seen.get(wanted);
        if (type == null) {
            return List.of(
                    Finding.error(
                            wanted,
                            "there is no such class on the class path: correct --main-class"
                                    + suggestions()
                                    + missing(passedOver)));
        }
        Optional<String> problem = rules.problem(type);
        if (problem.isEmpty() || hasUnknownParent(type)) {
            return List.of();
        }
        return List.of(
                Finding.error(
                        wanted,
                        "this class has no method that can start the program (%s): add public"
                                        .formatted(problem.get())
                                + " static void main(String[] args), or name another class"
                                + suggestions()));
    }

    /** Whether a superclass is neither the program's nor Object: leave it to the compiler. */
    private boolean hasUnknownParent(ClassOutline type) {
        ClassOutline current = type;
        while (current != null && !current.superName().equals("java.lang.Object")) {
            current = seen.get(current.superName());
        }
        return current == null;
    }

    private String suggestions() {
        List<String> candidates =
                seen.values().stream()
                        .filter(type -> rules.problem(type).isEmpty())
                        .map(ClassOutline::name)
                        .sorted()
                        .limit(MOST_SUGGESTIONS + 1L)
                        .toList();
        return candidates.isEmpty() || candidates.size() > MOST_SUGGESTIONS
                ? ""
                : " (these have a main: " + String.join(", ", candidates) + ")";
    }

    private static String missing(List<String> passedOver) {
        return passedOver.isEmpty() || passedOver.size() > MOST_SUGGESTIONS
                ? ""
                : " (passed over: " + String.join("; ", passedOver) + ")";
    }
}
