package dev.cortado.image.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Translates options of the {@code native-image} command, as people and jars write them, to the
 * builder's own notation. (In a GraalVM installation the command does that; here there is none.)
 */
public final class NativeImageOptions {

    /** Options whose value goes to a builder's option as it is. */
    private static final Map<String, String> VALUED =
            Map.ofEntries(
                    Map.entry("--features", "Features"),
                    Map.entry("--enable-url-protocols", "EnableURLProtocols"),
                    Map.entry("--enable-monitoring", "EnableMonitoringFeatures"),
                    Map.entry("--link-at-build-time", "LinkAtBuildTime"),
                    Map.entry("--link-at-build-time-paths", "LinkAtBuildTimePaths"),
                    Map.entry("--exact-reachability-metadata", "ThrowMissingRegistrationErrors"),
                    Map.entry(
                            "--exact-reachability-metadata-path",
                            "ThrowMissingRegistrationErrorsPaths"),
                    Map.entry("--trace-class-initialization", "TraceClassInitialization"),
                    Map.entry("--trace-object-instantiation", "TraceObjectInstantiation"),
                    Map.entry("--future-defaults", "FutureDefaults"),
                    Map.entry("--parallelism", "NumberOfThreads"),
                    Map.entry("--add-exports", "AddExports"),
                    Map.entry("--add-opens", "AddOpens"),
                    Map.entry("--add-reads", "AddReads"),
                    Map.entry("--enable-native-access", "EnableNativeAccess"));

    /** Of those, the ones whose value may follow as a word of its own. */
    private static final Set<String> VALUE_MAY_FOLLOW =
            Set.of("--add-exports", "--add-opens", "--add-reads", "--enable-native-access");

    private static final Map<String, String> FIXED =
            Map.of(
                    "--enable-http", "-H:EnableURLProtocols=http",
                    "--enable-https", "-H:EnableURLProtocols=https");

    /** Options that ask for what is so anyway, or that mean nothing to a guest image. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    "--no-fallback",
                    "--auto-fallback",
                    "--allow-incomplete-classpath",
                    "--report-unsupported-elements-at-runtime",
                    "--enable-all-security-services",
                    "--configure-reflection-metadata",
                    "--strict-image-heap",
                    "--install-exit-handlers",
                    "--gc=serial",
                    "--silent",
                    "--verbose",
                    "-g");

    private static final Pattern INITIALIZATION =
            Pattern.compile(
                    "--(initialize-at-build-time|initialize-at-run-time"
                            + "|rerun-class-initialization-at-runtime"
                            + "|delay-class-initialization-to-runtime)(?:=(.*))?");
    private static final Pattern VALUE = Pattern.compile("(--[a-z-]+)(?:=(.*))?");
    private static final Pattern OPTIMIZE = Pattern.compile("-O([bs0-3])");
    private static final Pattern ASSERTIONS =
            Pattern.compile("-(ea|enableassertions|da|disableassertions)(?::(.*))?");

    private final List<String> jvm = new ArrayList<>();
    private final List<String> builder = new ArrayList<>();
    private final Consumer<String> unknown;

    private NativeImageOptions(Consumer<String> unknown) {
        this.unknown = unknown;
    }

    /**
     * @param unknown is given each option that has no translation
     */
    public static BuilderArguments translate(List<String> options, Consumer<String> unknown) {
        NativeImageOptions translation = new NativeImageOptions(unknown);
        Iterator<String> rest = options.iterator();
        while (rest.hasNext()) {
            translation.add(rest.next(), rest);
        }
        return new BuilderArguments(translation.jvm, translation.builder);
    }

    private void add(String option, Iterator<String> rest) {
        if (option.startsWith("-H:") || option.startsWith("-R:")) {
            builder.add(option);
        } else if (option.startsWith("-D") && option.length() > 2) {
            jvm.add(option);
        } else if (option.startsWith("-J") && option.length() > 2) {
            jvm.add(option.substring(2));
        } else if (FIXED.containsKey(option)) {
            builder.add(FIXED.get(option));
        } else if (!WITHOUT_EFFECT.contains(option) && !matched(option, rest)) {
            unknown.accept(option);
        }
    }

    private boolean matched(String option, Iterator<String> rest) {
        Matcher initialization = INITIALIZATION.matcher(option);
        if (initialization.matches()) {
            boolean build = initialization.group(1).equals("initialize-at-build-time");
            initialize(initialization.group(2), build ? "build_time" : "run_time");
            return true;
        }
        Matcher optimize = OPTIMIZE.matcher(option);
        if (optimize.matches()) {
            builder.add("-H:Optimize=" + optimize.group(1));
            return true;
        }
        Matcher assertions = ASSERTIONS.matcher(option);
        if (assertions.matches()) {
            String what = assertions.group(2) == null ? "" : assertions.group(2);
            boolean enable = assertions.group(1).startsWith("e");
            builder.add("-H:RuntimeAssertions=" + (enable ? "+" : "-") + what);
            return true;
        }
        return valued(option, rest);
    }

    private boolean valued(String option, Iterator<String> rest) {
        Matcher match = VALUE.matcher(option);
        if (!match.matches() || !VALUED.containsKey(match.group(1))) {
            return false;
        }
        String value = match.group(2);
        if (value == null) {
            value = VALUE_MAY_FOLLOW.contains(option) && rest.hasNext() ? rest.next() : "";
        }
        builder.add("-H:" + VALUED.get(match.group(1)) + "=" + value);
        return true;
    }

    /** The builder wants each class or package with when to initialize it. */
    private void initialize(String names, String when) {
        builder.add(
                "-H:ClassInitialization="
                        + Arrays.stream((names == null ? "" : names).split(","))
                                .map(name -> name.strip() + ":" + when)
                                .collect(Collectors.joining(",")));
    }
}
