package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * The method {@code values} of the program's enums, where the program looks it up by reflection:
 * whoever reads a configuration into an enum does, if all that he has is its default.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class EnumMetadata implements InternalFeature {
    /** Names of classes that do so, which the image builder has found: see its package names. */
    private static final String READERS = "cortado.enum.readers";

    private final List<Class<?>> enums = new ArrayList<>();
    private boolean isRead;

    @Override
    public String getDescription() {
        return "Knows the values of enums that are looked up by reflection";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        boolean isThere = false;
        for (String name : System.getProperty(READERS, "").split(",")) {
            Class<?> reader = name.isEmpty() ? null : access.findClassByName(name);
            if (reader != null) {
                access.registerReachabilityHandler(during -> read(), reader);
                isThere = true;
            }
        }
        if (isThere) {
            access.registerSubtypeReachabilityHandler((during, type) -> reached(type), Enum.class);
        }
    }

    private synchronized void read() {
        isRead = true;
        enums.forEach(EnumMetadata::register);
        enums.clear();
    }

    private synchronized void reached(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        boolean isOfJdk = loader == null || loader == ClassLoader.getPlatformClassLoader();
        boolean isOfProgram = type.isEnum() && !isOfJdk;
        if (isOfProgram && isRead) {
            register(type);
        } else if (isOfProgram) {
            enums.add(type);
        }
    }

    private static void register(Class<?> type) {
        try {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals("values") && method.getParameterCount() == 0) {
                    RuntimeReflection.register(method);
                }
            }
        } catch (LinkageError e) {
            // Another method names a class that is not there: nobody could look this one up.
            return;
        }
    }
}
