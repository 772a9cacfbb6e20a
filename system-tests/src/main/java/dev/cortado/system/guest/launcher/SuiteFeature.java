package dev.cortado.system.guest.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Array;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.HashSet;
import java.util.Set;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeClassInitialization;
import org.graalvm.nativeimage.hosted.RuntimeReflection;
import org.graalvm.nativeimage.hosted.RuntimeSerialization;

/**
 * Tells the compiler what JUnit uses by reflection: the test classes with their methods, and what
 * their annotations name, such as {@code ParameterizedTest} its extension.
 */
public final class SuiteFeature implements Feature {
    private static final String SERIALIZED_BY_JUNIT =
            "org.junit.platform.launcher.TestIdentifier$SerializedForm";

    private final Set<Class<?>> seen = new HashSet<>();

    @Override
    public String getDescription() {
        return "JUnit tests that run in the guest";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        TestClasses classes;
        try {
            classes =
                    TestClasses.find(
                            access.getApplicationClassPath(), access.getApplicationClassLoader());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (classes.tests().isEmpty()) {
            throw new IllegalStateException("no tests: " + access.getApplicationClassPath());
        }
        classes.all().forEach(this::register);
        // Looked at when the class is initialized, though nothing is serialized.
        RuntimeSerialization.register(access.findClassByName(SERIALIZED_BY_JUNIT));
        // An object of the image must be of a class that is ready.
        RuntimeClassInitialization.initializeAtBuildTime(TestClasses.class);
        ImageSingletons.add(TestClasses.class, classes);
    }

    private void register(Class<?> type) {
        if (!seen.add(type) || type.isPrimitive() || type.getName().startsWith("java.")) {
            return;
        }
        RuntimeReflection.register(type);
        RuntimeReflection.registerAllDeclaredClasses(type);
        RuntimeReflection.register(type.getDeclaredConstructors());
        RuntimeReflection.register(type.getDeclaredMethods());
        registerAnnotationsOf(type);
        for (Executable constructor : type.getDeclaredConstructors()) {
            registerParametersOf(constructor);
        }
        for (Executable method : type.getDeclaredMethods()) {
            registerAnnotationsOf(method);
            registerParametersOf(method);
        }
        if (type.getSuperclass() != null) {
            register(type.getSuperclass());
        }
        for (Class<?> other : type.getInterfaces()) {
            register(other);
        }
    }

    private void registerParametersOf(Executable executable) {
        for (Parameter parameter : executable.getParameters()) {
            registerAnnotationsOf(parameter);
        }
    }

    /** Annotations of annotations too: JUnit's are made of others. */
    private void registerAnnotationsOf(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (type.getName().startsWith("java.")) {
                continue;
            }
            for (Method attribute : type.getDeclaredMethods()) {
                registerClassesIn(value(annotation, attribute));
            }
            register(type);
        }
    }

    private static Object value(Annotation annotation, Method attribute) {
        try {
            return attribute.invoke(annotation);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(annotation + " has no readable " + attribute, e);
        }
    }

    private void registerClassesIn(Object value) {
        switch (value) {
            case Class<?> type -> register(type);
            case Annotation annotation -> {
                for (Method attribute : annotation.annotationType().getDeclaredMethods()) {
                    registerClassesIn(value(annotation, attribute));
                }
                register(annotation.annotationType());
            }
            case Object other when other.getClass().isArray() -> {
                for (int i = 0; i < Array.getLength(other); i++) {
                    registerClassesIn(Array.get(other, i));
                }
            }
            default -> {
                // Numbers, strings and enumerations need no reflection.
            }
        }
    }
}
