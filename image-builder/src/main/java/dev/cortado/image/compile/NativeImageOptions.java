package dev.cortado.image.compile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Translates options of the {@code native-image} command, as people and jars write them, to the
 * builder's own notation. (In a GraalVM installation the command does that; here there is none.)
 * Which options there are, and what becomes of them, the compiler's own table says.
 */
public final class NativeImageOptions {
    /** Hears of options that come to nothing. */
    public interface Problems {
        /**
         * @param option as it was written
         * @param reason why, and what to do
         */
        void report(String option, String reason);
    }

    /** Options that ask for what is so anyway, or for what a build shows in its own way. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    "--no-fallback",
                    "--auto-fallback",
                    "--install-exit-handlers",
                    "--gc=serial",
                    "--silent",
                    "--verbose",
                    "-g");

    /** Options of the JVM that the compiler runs in, for the program's sake. */
    private static final String ENABLE_PREVIEW = "--enable-preview";

    private static final String ADD_MODULES = "--add-modules";

    /** Such as {@code -H:Name=value} and {@code -H:Name@origin=value}. */
    private static final Pattern BUILDER_VALUE =
            Pattern.compile("(-[HR]:)([A-Za-z0-9_]+)(@[^=]*)?=(.*)", Pattern.DOTALL);

    private static final Pattern BUILDER_SWITCH = Pattern.compile("-[HR]:\\+([A-Za-z0-9_]+)");

    private final OptionTable table;
    private final Path directory;
    private final Problems problems;
    private final List<String> jvm = new ArrayList<>();
    private final List<String> builder = new ArrayList<>();

    private NativeImageOptions(OptionTable table, Path directory, Problems problems) {
        this.table = table;
        this.directory = directory;
        this.problems = problems;
    }

    /**
     * @param directory what relative names of files are relative to
     * @throws IOException if the compiler's jars are not as expected
     */
    public static BuilderArguments translate(
            List<String> options, OptionTable table, Path directory, Problems problems)
            throws IOException {
        NativeImageOptions translation =
                new NativeImageOptions(table, directory.toAbsolutePath(), problems);
        Iterator<String> rest = options.iterator();
        while (rest.hasNext()) {
            translation.add(rest.next(), rest);
        }
        return new BuilderArguments(translation.jvm, translation.builder);
    }

    private void add(String word, Iterator<String> rest) throws IOException {
        Optional<String> refused = refusal(word);
        if (WITHOUT_EFFECT.contains(word)) {
            return;
        }
        if (refused.isPresent()) {
            problems.report(word, refused.get());
        } else if (word.startsWith("-H:") || word.startsWith("-R:")) {
            builder.add(withPaths(word));
        } else if (word.startsWith("-D") && word.length() > 2) {
            jvm.add(word);
        } else if (word.startsWith("-J") && word.length() > 2) {
            jvm.add(word.substring(2));
        } else if (word.equals(ENABLE_PREVIEW)) {
            jvm.add(word);
        } else if (word.equals(ADD_MODULES) || word.startsWith(ADD_MODULES + "=")) {
            addModules(word, rest);
        } else {
            addOption(word, rest);
        }
    }

    /** Also in the builder's own notation, which the table leads back to the option's name. */
    private Optional<String> refusal(String word) {
        Matcher builderSwitch = BUILDER_SWITCH.matcher(word);
        if (builderSwitch.matches()) {
            return table.namesOf(builderSwitch.group(1)).stream()
                    .flatMap(name -> RefusedOptions.reason(name).stream())
                    .findFirst();
        }
        return RefusedOptions.reason(word);
    }

    private void addModules(String word, Iterator<String> rest) {
        String modules = word.substring(ADD_MODULES.length());
        if (modules.isEmpty() && rest.hasNext()) {
            modules = "=" + rest.next();
        }
        if (modules.length() < 2) {
            problems.report(word, "it names no module: " + ADD_MODULES + "=NAME,...");
        } else {
            jvm.add(ADD_MODULES + modules);
        }
    }

    private void addOption(String word, Iterator<String> rest) throws IOException {
        Optional<CompilerOption> found = table.beginning(word);
        if (found.isEmpty()) {
            problems.report(
                    word,
                    "the compiler has no such option: correct it, or use the builder's own"
                            + " notation (-H:...)");
            return;
        }
        CompilerOption option = found.get();
        if (!option.takesValue()) {
            addFixed(option, word);
            return;
        }
        String value = value(option, word, rest);
        if (value == null) {
            problems.report(word, "it needs a value");
        } else {
            String transformed = table.transform(option, value);
            builder.add(withPaths("-H:" + option.builderName() + "=" + transformed));
        }
    }

    private void addFixed(CompilerOption option, String word) {
        if (!word.equals(option.name())) {
            problems.report(word, "it takes no value: write " + option.name());
            return;
        }
        switch (option.kind()) {
            case ON -> builder.add("-H:+" + option.builderName());
            case OFF -> builder.add("-H:-" + option.builderName());
            default -> builder.add("-H:" + option.builderName() + "=" + option.value());
        }
    }

    /** Behind its separator, in the next word, or what stands for none; null if there is none. */
    private static String value(CompilerOption option, String word, Iterator<String> rest) {
        List<Character> separators = option.separators();
        if (word.length() > option.name().length()) {
            boolean separated = !separators.contains(CompilerOption.NOTHING);
            return word.substring(option.name().length() + (separated ? 1 : 0));
        }
        if (separators.contains(CompilerOption.NEXT_WORD) && rest.hasNext()) {
            return rest.next();
        }
        return option.value();
    }

    /** The compiler works in a directory of its own, so that it gets absolute names. */
    private String withPaths(String word) {
        Matcher option = BUILDER_VALUE.matcher(word);
        if (!option.matches() || !table.takesPaths(option.group(2))) {
            return word;
        }
        String origin = option.group(3) == null ? "" : option.group(3);
        String values =
                Arrays.stream(option.group(4).split(","))
                        .map(path -> directory.resolve(path).normalize().toString())
                        .collect(Collectors.joining(","));
        return option.group(1) + option.group(2) + origin + "=" + values;
    }
}
