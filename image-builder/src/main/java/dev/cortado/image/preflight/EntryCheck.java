package dev.cortado.image.preflight;

import dev.cortado.image.classpath.ClassPathEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks all that one jar or directory contains. */
final class EntryCheck {
    private static final Pattern NATIVE_LIBRARY =
            Pattern.compile(".*\\.(so(\\.\\d+)*|dll|dylib|jnilib)", Pattern.CASE_INSENSITIVE);

    /** Where no class is loaded from: other releases' of a jar for many are read as its own. */
    private static final String NO_CLASSES = "META-INF/";

    private final ClassPathEntry entry;
    private final Set<MethodName> replaced;
    private final boolean ignoreNativeCode;
    private final MainClassCheck mainClass;
    private final List<Finding> findings;
    private final Places libraries = new Places();
    private final Places nativeClasses = new Places();
    private final Places processes = new Places();
    private final Places windows = new Places();
    private final Places madeClasses = new Places();

    EntryCheck(
            ClassPathEntry entry,
            Set<MethodName> replaced,
            boolean ignoreNativeCode,
            MainClassCheck mainClass,
            List<Finding> findings) {
        this.entry = entry;
        this.replaced = replaced;
        this.ignoreNativeCode = ignoreNativeCode;
        this.mainClass = mainClass;
        this.findings = findings;
    }

    void check() throws IOException {
        List<Finding> broken = new ArrayList<>();
        for (String name : entry.names()) {
            if (NATIVE_LIBRARY.matcher(name).matches()) {
                libraries.add(name);
            } else if (name.endsWith(".class") && !name.startsWith(NO_CLASSES)) {
                byte[] classFile = readOrReport(name, broken);
                if (classFile != null) {
                    checkClass(name, classFile, broken);
                }
            }
        }
        findings.addAll(broken);
        report();
    }

    private byte[] readOrReport(String name, List<Finding> broken) {
        try {
            return entry.read(name);
        } catch (IOException e) {
            broken.add(
                    Finding.error(
                            where(name),
                            "this file cannot be read (%s): build or download the jar again"
                                    .formatted(e.getMessage())));
            return null;
        }
    }

    private void checkClass(String name, byte[] classFile, List<Finding> broken) {
        Optional<String> problem = ClassVersion.problem(classFile);
        if (problem.isEmpty()) {
            try {
                ClassFacts facts = ClassFacts.of(classFile);
                // Elsewhere than its name says, nobody finds it.
                if (name.equals(facts.file())) {
                    checkFacts(facts);
                }
                return;
            } catch (RuntimeException e) {
                // ASM throws whatever comes up when it reads a malformed class.
                problem = Optional.of("this class file is damaged: compile it again");
            }
        }
        String what = problem.get();
        broken.add(Finding.error(where(name), what));
    }

    private void checkFacts(ClassFacts facts) {
        boolean isMain = mainClass.look(facts.outline());
        List<MethodName> natives =
                facts.nativeMethods().stream()
                        .filter(method -> !replaced.contains(method))
                        .toList();
        if (!natives.isEmpty() && isMain && !ignoreNativeCode) {
            findings.add(
                    Finding.error(
                            facts.place(natives.getFirst().name(), 0),
                            "the main class has a native method that nobody replaces, and a guest"
                                    + " runs Java code only: write it in Java, or, if the program"
                                    + " works without it, build with --ignore-native-code"));
        } else if (!natives.isEmpty()) {
            nativeClasses.add(facts.name());
        }
        facts.processes().forEach(processes::add);
        facts.windows().forEach(windows::add);
        facts.madeClasses().forEach(madeClasses::add);
    }

    private void report() {
        String natives =
                Stream.of(
                                libraries.text("the library %s"),
                                nativeClasses.text("native methods of %s"))
                        .flatMap(Optional::stream)
                        .collect(Collectors.joining(", "));
        if (!natives.isEmpty()) {
            warn(
                    "has native code, %s: a guest runs Java code only, so calls of it will throw"
                                    .formatted(natives)
                            + " an UnsatisfiedLinkError");
        }
        processes
                .text(
                        "starts processes, %s: a guest is one process, so this will throw an"
                                + " exception")
                .ifPresent(this::warn);
        windows.text(
                        "uses AWT or Swing, %s: a guest has no windows, so this will throw an"
                                + " exception")
                .ifPresent(this::warn);
        madeClasses
                .text(
                        "makes classes while it runs, %s: a guest has the classes that it was built"
                                + " with, so this will throw an error")
                .ifPresent(this::warn);
    }

    private void warn(String what) {
        findings.add(Finding.warning(entry.name(), what));
    }

    private String where(String name) {
        return entry.name() + ", " + name;
    }

    /** The places of one kind of problem; they become one finding. */
    private static final class Places {
        private String first;
        private int more;

        void add(String place) {
            if (first == null) {
                first = place;
            } else {
                more++;
            }
        }

        /** Nothing if there are none. */
        Optional<String> text(String what) {
            return Optional.ofNullable(first)
                    .map(place -> more == 0 ? place : "%s and %d more".formatted(place, more))
                    .map(what::formatted);
        }
    }
}
