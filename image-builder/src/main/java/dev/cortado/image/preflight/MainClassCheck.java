package dev.cortado.image.preflight;

import dev.cortado.image.preflight.ClassFacts.Method;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.objectweb.asm.Opcodes;

/** Sees all classes go by and knows in the end whether the main class can be started. */
final class MainClassCheck {
    private static final String WITH_ARGUMENTS = "([Ljava/lang/String;)V";
    private static final String WITHOUT_ARGUMENTS = "()V";
    private static final int MOST_SUGGESTIONS = 3;

    private final String wanted;
    private final TreeSet<String> candidates = new TreeSet<>();
    private final Map<String, ClassFacts> seen = new HashMap<>();

    MainClassCheck(String mainClass) {
        this.wanted = mainClass;
    }

    void look(ClassFacts facts) {
        // The first of a name on the class path is the one that counts.
        seen.putIfAbsent(facts.name(), facts);
        if (facts.mains().stream().anyMatch(main -> isMain(main, facts))) {
            candidates.add(facts.name());
        }
    }

    List<Finding> findings() {
        ClassFacts facts = seen.get(wanted);
        if (facts == null) {
            return List.of(
                    Finding.error(
                            wanted,
                            "there is no such class on the class path: correct --main-class"
                                    + suggestions()));
        }
        for (ClassFacts type = facts; type != null; type = seen.get(type.superName())) {
            ClassFacts current = type;
            if (type.mains().stream().anyMatch(main -> isMain(main, current))) {
                return List.of();
            }
            if (!type.superName().equals("java.lang.Object")
                    && !seen.containsKey(type.superName())) {
                // Its superclass is the JDK's or the guest's: leave it to the compiler.
                return List.of();
            }
        }
        return List.of(
                Finding.error(
                        wanted,
                        "this class has no method that can start the program (%s): add public"
                                        .formatted(closest(facts))
                                + " static void main(String[] args), or name another class"
                                + suggestions()));
    }

    /** What a launcher accepts: JLS 25, section 12.1.4. */
    private static boolean isMain(Method main, ClassFacts facts) {
        return !main.is(Opcodes.ACC_PRIVATE)
                && !main.is(Opcodes.ACC_ABSTRACT)
                && (main.descriptor().equals(WITH_ARGUMENTS)
                        || main.descriptor().equals(WITHOUT_ARGUMENTS))
                && (main.is(Opcodes.ACC_STATIC) || canBeCreated(facts));
    }

    private static boolean canBeCreated(ClassFacts facts) {
        return facts.constructors().stream()
                .anyMatch(constructor ->
                        constructor.descriptor().equals(WITHOUT_ARGUMENTS)
                                && !constructor.is(Opcodes.ACC_PRIVATE));
    }

    private static String closest(ClassFacts facts) {
        if (facts.mains().isEmpty()) {
            return "it has no main";
        }
        Method main = facts.mains().getFirst();
        if (main.is(Opcodes.ACC_PRIVATE)) {
            return "its main is private";
        }
        if (!main.is(Opcodes.ACC_STATIC) && !canBeCreated(facts)) {
            return "its main is an instance method and there is no constructor without parameters";
        }
        if (!main.descriptor().endsWith(")V")) {
            return "its main returns something";
        }
        return "its main has other parameters";
    }

    private String suggestions() {
        return candidates.isEmpty() || candidates.size() > MOST_SUGGESTIONS
                ? ""
                : " (these have a main: " + String.join(", ", candidates) + ")";
    }
}
