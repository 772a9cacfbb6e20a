package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.util.UserError;
import com.oracle.svm.hosted.classinitialization.ClassInitializationSupport;
import com.oracle.svm.util.ReflectionUtil;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * Fields that hold {@link System#nanoTime} of when their class was initialised hold the guest's
 * start, 0, if that was in the builder: its own clock is that of another machine, and far ahead.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class StartTimeFeature implements InternalFeature {
    /** What the image builder found, see its package names. */
    private static final String FOUND = "cortado.start.times";

    @Override
    public String getDescription() {
        return "Sets what counts from the builder's clock to the guest's start";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        for (String word : System.getProperty(FOUND, "").split(",")) {
            int colon = word.indexOf(':');
            Class<?> type = colon < 0 ? null : access.findClassByName(word.substring(0, colon));
            Field field = type == null ? null : find(type, word.substring(colon + 1));
            if (field != null && isInitializedInBuilder(type)) {
                setToStart(access, field);
            }
        }
    }

    private static void setToStart(BeforeAnalysisAccess access, Field field) {
        try {
            access.registerFieldValueTransformer(field, (receiver, builders) -> 0L);
        } catch (UserError.UserException e) {
            // A substitution of the program's says what it holds, or that there is none.
        }
    }

    /**
     * A static field of type {@code long}; null if the class has none of that name, or fields of
     * types that are missing: it may be another one than the image builder has looked at.
     */
    static Field find(Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            boolean isStatic = Modifier.isStatic(field.getModifiers());
            return isStatic && field.getType() == long.class ? field : null;
        } catch (NoSuchFieldException | LinkageError e) {
            return null;
        }
    }

    /** As options and other features have asked for; initializes nothing. */
    private static boolean isInitializedInBuilder(Class<?> type) {
        Object kind =
                ReflectionUtil.invokeMethod(
                        ReflectionUtil.lookupMethod(
                                ClassInitializationSupport.class,
                                "specifiedInitKindFor",
                                Class.class),
                        ClassInitializationSupport.singleton(),
                        type);
        return kind != null && kind.toString().equals("BUILD_TIME");
    }
}
