package dev.cortado.runtime.jdk;

import com.oracle.graal.pointsto.meta.AnalysisMethod;
import com.oracle.graal.pointsto.meta.InvokeInfo;
import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.hosted.FeatureImpl.AfterAnalysisAccessImpl;
import com.oracle.svm.hosted.FeatureImpl.DuringSetupAccessImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Native methods that an image can reach: those of the JDK are replaced as the table says; of those
 * that nobody has replaced, {@code natives.json} in the report directory tells the image builder,
 * an array of objects with the method and the classes that call it.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class NativesFeature implements InternalFeature {
    /** Where the builder wants reports; not set when nobody does. */
    private static final String DIRECTORY_PROPERTY = "cortado.report.directory";

    @Override
    public String getDescription() {
        return "Replaces native methods, and reports those that nobody has replaced";
    }

    @Override
    public void duringSetup(DuringSetupAccess access) {
        ((DuringSetupAccessImpl) access).registerSubstitutionProcessor(new TableSubstitutions());
    }

    @Override
    public void afterAnalysis(AfterAnalysisAccess access) {
        String directory = System.getProperty(DIRECTORY_PROPERTY);
        if (directory == null) {
            return;
        }
        Map<AnalysisMethod, TreeSet<String>> natives = new HashMap<>();
        Collection<AnalysisMethod> methods =
                ((AfterAnalysisAccessImpl) access).getUniverse().getMethods();
        for (AnalysisMethod method : methods) {
            if (method.isReachable() && TableSubstitutions.isLinkedByName(method.getWrapped())) {
                natives.put(method, new TreeSet<>());
            }
        }
        if (!natives.isEmpty()) {
            methods.stream()
                    .filter(AnalysisMethod::isImplementationInvoked)
                    .forEach(caller -> addCaller(caller, natives));
        }
        Map<String, TreeSet<String>> named = new TreeMap<>();
        natives.forEach((method, callers) ->
                named.computeIfAbsent(name(method), key -> new TreeSet<>()).addAll(callers));
        try {
            Files.writeString(Path.of(directory, "natives.json"), json(named));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(AnalysisMethod method) {
        return className(method) + "." + method.getName();
    }

    private static String className(AnalysisMethod method) {
        return method.getDeclaringClass().toJavaName(true);
    }

    /** A native that is called by reflection only has none. */
    private static void addCaller(
            AnalysisMethod caller, Map<AnalysisMethod, TreeSet<String>> natives) {
        for (InvokeInfo invoke : caller.getInvokes()) {
            for (AnalysisMethod callee : invoke.getAllCallees()) {
                TreeSet<String> callers = natives.get(callee);
                if (callers != null) {
                    callers.add(withoutLambda(className(caller)));
                }
            }
        }
    }

    /** The class that a lambda expression is in, to which its code belongs. */
    private static String withoutLambda(String name) {
        int lambda = name.indexOf("$$Lambda");
        return lambda < 0 ? name : name.substring(0, lambda);
    }

    /** Names have no control characters, but may have what JSON wants escaped. */
    private static String json(Map<String, TreeSet<String>> natives) {
        return natives.entrySet().stream()
                .map(each ->
                        "{\"method\":%s,\"callers\":%s}"
                                .formatted(
                                        quote(each.getKey()),
                                        each.getValue().stream()
                                                .map(NativesFeature::quote)
                                                .collect(Collectors.joining(",", "[", "]"))))
                .collect(Collectors.joining(",\n ", "[", "]\n"));
    }

    private static String quote(String name) {
        return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
