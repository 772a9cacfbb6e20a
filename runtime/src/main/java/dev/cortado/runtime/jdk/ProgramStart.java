package dev.cortado.runtime.jdk;

import com.oracle.svm.core.JavaMainWrapper.JavaMainSupport;
import dev.cortado.kernel.start.CommandLine;
import dev.cortado.runtime.configuration.CombinedConfiguration;
import dev.cortado.runtime.configuration.ConfigurationSummary;
import dev.cortado.runtime.configuration.InterfaceSettings;
import dev.cortado.runtime.configuration.Sourced;
import dev.cortado.runtime.network.ConfiguredInterfaces;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.graalvm.nativeimage.ImageSingletons;

/**
 * Gives a program, before its main method is called, what the sources of configuration say and the
 * command line does not.
 */
final class ProgramStart {
    private static final String PROPERTY = "-D";

    private final CombinedConfiguration configuration;
    private final ConfigurationSummary summary = new ConfigurationSummary();

    private ProgramStart(CombinedConfiguration configuration) {
        this.configuration = configuration;
    }

    /** Gives it all but mounts and files, and says who has said what. */
    static ConfigurationSummary give(CombinedConfiguration configuration) {
        ProgramStart start = new ProgramStart(configuration);
        start.giveArguments();
        start.giveProperties();
        start.giveEnvironment();
        start.giveInterfaces();
        return start.summary;
    }

    private void giveArguments() {
        JavaMainSupport main = ImageSingletons.lookup(JavaMainSupport.class);
        Sourced<List<String>> arguments = configuration.arguments();
        if (main.mainArgs.length == 0 && !arguments.value().isEmpty()) {
            main.mainArgs = arguments.value().toArray(new String[0]);
            summary.add(
                    "argument",
                    "arguments",
                    arguments.value().stream().map(each -> arguments.source()).toList());
        }
    }

    private void giveProperties() {
        Set<String> said = new HashSet<>();
        for (String word : CommandLine.propertyWords()) {
            said.add(propertyOf(word));
        }
        List<String> sources = new ArrayList<>();
        for (Map.Entry<String, Sourced<String>> each : configuration.properties().entrySet()) {
            if (!said.contains(each.getKey())) {
                System.setProperty(each.getKey(), each.getValue().value());
                sources.add(each.getValue().source());
            }
        }
        summary.add("property", "properties", sources);
    }

    /**
     * The name of a property that a word sets.
     *
     * @param word with its bytes, which are UTF-8, for characters
     */
    static String propertyOf(String word) {
        int equals = word.indexOf('=');
        String name = word.substring(PROPERTY.length(), equals < 0 ? word.length() : equals);
        return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private void giveEnvironment() {
        Set<String> said = ProgramEnvironment.said().keySet();
        Map<String, String> variables = new TreeMap<>();
        List<String> sources = new ArrayList<>();
        for (Map.Entry<String, Sourced<String>> each : configuration.environment().entrySet()) {
            if (!said.contains(each.getKey())) {
                variables.put(each.getKey(), each.getValue().value());
                sources.add(each.getValue().source());
            }
        }
        ProgramEnvironment.setConfigured(variables);
        summary.add("variable", "variables", sources);
    }

    private void giveInterfaces() {
        List<Sourced<InterfaceSettings>> interfaces = configuration.interfaces();
        ConfiguredInterfaces.set(interfaces);
        summary.add("interface", "interfaces", interfaces.stream().map(Sourced::source).toList());
    }
}
