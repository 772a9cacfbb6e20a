package dev.cortado.runtime.jdk.foreign;

import com.oracle.svm.core.feature.InternalFeature;
import java.util.List;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Makes the methods known that a handle of a memory segment calls. They are in classes that are no
 * subclasses of {@code VarHandle}, which is where native-image looks for such methods.
 */
public final class ForeignMemoryFeature implements InternalFeature {
    private static final String HANDLE = "java.lang.invoke.SegmentVarHandle";
    private static final String ACCESS = "java.lang.invoke.VarHandleSegmentAs";
    private static final List<String> TYPES =
            List.of("Booleans", "Bytes", "Chars", "Doubles", "Floats", "Ints", "Longs", "Shorts");

    @Override
    public String getDescription() {
        return "Memory segments";
    }

    @Override
    public boolean isInConfiguration(IsInConfigurationAccess access) {
        return new ForeignApi().getAsBoolean();
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        access.registerReachabilityHandler(
                during -> TYPES.forEach(type -> register(during, ACCESS + type)),
                access.findClassByName(HANDLE));
    }

    private static void register(DuringAnalysisAccess access, String name) {
        register(access.findClassByName(name));
        // Volatile and atomic access; bytes and booleans are always aligned.
        Class<?> aligned = access.findClassByName(name + "Aligned");
        if (aligned != null) {
            register(aligned);
        }
    }

    private static void register(Class<?> type) {
        RuntimeReflection.register(type);
        RuntimeReflection.register(type.getDeclaredMethods());
    }
}
