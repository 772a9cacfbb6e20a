package dev.cortado.runtime.jdk;

import com.oracle.graal.pointsto.meta.AnalysisMethod;
import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.hosted.FeatureImpl.AfterAnalysisAccessImpl;
import com.oracle.svm.hosted.FeatureImpl.DuringSetupAccessImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.vm.ci.code.BytecodePosition;
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
        Map<String, TreeSet<String>> natives = new TreeMap<>();
        for (AnalysisMethod method :
                ((AfterAnalysisAccessImpl) access).getUniverse().getMethods()) {
            if (method.isReachable() && TableSubstitutions.isLinkedByName(method.getWrapped())) {
                natives.computeIfAbsent(name(method), key -> new TreeSet<>())
                        .addAll(callers(method));
            }
        }
        try {
            Files.writeString(Path.of(directory, "natives.json"), json(natives));
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

    /** Empty if it is called by reflection only. */
    private static TreeSet<String> callers(AnalysisMethod method) {
        Stream.Builder<AnalysisMethod> callers = Stream.builder();
        for (BytecodePosition place : method.getInvokeLocations()) {
            // The compiler's own roots have no place.
            if (place != null && place.getMethod() instanceof AnalysisMethod caller) {
                callers.add(caller);
            }
        }
        return callers.build()
                .map(NativesFeature::className)
                .collect(Collectors.toCollection(TreeSet::new));
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
