package dev.cortado.image.preflight;

import dev.cortado.image.classpath.ClassPathEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks all that one jar or directory contains. */
final class EntryCheck {
    private static final Pattern NATIVE_LIBRARY =
            Pattern.compile(".*\\.(so(\\.\\d+)*|dll|dylib|jnilib)", Pattern.CASE_INSENSITIVE);

    /** Classes for later releases, in a jar for many: JAR specification, "Multi-release JAR". */
    private static final String VERSIONS = "META-INF/versions/";

    private final ClassPathEntry entry;
    private final Set<MethodName> replaced;
    private final boolean ignoreNativeCode;
    private final MainClassCheck mainClass;
    private final List<Finding> findings;
    private final Places libraries = new Places();
    private final Places nativeMethods = new Places();
    private final Places processes = new Places();
    private final Places windows = new Places();

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
            } else if (name.endsWith(".class") && !isForLaterRelease(name)) {
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
                mainClass.look(facts);
                facts.nativeMethods().stream()
                        .filter(method -> !replaced.contains(method))
                        .map(method -> facts.place(method.name(), 0))
                        .forEach(nativeMethods::add);
                facts.processes().forEach(processes::add);
                facts.windows().forEach(windows::add);
                return;
            } catch (RuntimeException e) {
                // ASM throws whatever comes up when it reads a malformed class.
                problem = Optional.of("this class file is damaged: compile it again");
            }
        }
        String what = problem.get();
        broken.add(Finding.error(where(name), what));
    }

    private void report() {
        Finding.Severity severity =
                ignoreNativeCode ? Finding.Severity.WARNING : Finding.Severity.ERROR;
        String advice =
                ignoreNativeCode
                        ? "; it will not work in a guest"
                        : ": a guest runs Java code only; leave it out, or, if the program works"
                                + " without it, build with --ignore-native-code";
        libraries.add(severity, "contains native code, %s" + advice);
        nativeMethods.add(severity, "contains native methods that nobody replaces, %s" + advice);
        processes.add(
                Finding.Severity.WARNING,
                "starts processes, %s: a guest is one process, so this will throw an exception");
        windows.add(
                Finding.Severity.WARNING,
                "uses AWT or Swing, %s: a guest has no windows, so this will throw an exception");
    }

    private String where(String name) {
        return entry.path() + ", " + name;
    }

    private static boolean isForLaterRelease(String name) {
        if (!name.startsWith(VERSIONS)) {
            return false;
        }
        String release = name.substring(VERSIONS.length()).replaceFirst("/.*", "");
        return !release.matches("\\d{1,4}")
                || Integer.parseInt(release) > ClassVersion.NEWEST_RELEASE;
    }

    /** The places of one kind of problem; they become one finding. */
    private final class Places {
        private String first;
        private int more;

        void add(String place) {
            if (first == null) {
                first = place;
            } else {
                more++;
            }
        }

        void add(Finding.Severity severity, String what) {
            if (first != null) {
                String places = more == 0 ? first : "%s and %d more".formatted(first, more);
                findings.add(
                        new Finding(severity, entry.path().toString(), what.formatted(places)));
            }
        }
    }
}
