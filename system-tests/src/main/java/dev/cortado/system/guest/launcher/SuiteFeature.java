package dev.cortado.system.guest.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.hosted.Feature;
import org.graalvm.nativeimage.hosted.RuntimeClassInitialization;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * Tells the compiler what JUnit uses by reflection: the test classes with their methods, and what
 * their annotations name, such as {@code ParameterizedTest} its extension.
 */
public final class SuiteFeature implements Feature {
    private static final String SERIALIZABLE = "org.junit.platform.launcher.TestIdentifier";

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
        classes.tests().forEach(this::registerTest);
        // Its initializer asks what serialization needs, which nobody uses here, and which would
        // bring security providers and a class file library into the image.
        RuntimeClassInitialization.initializeAtBuildTime(access.findClassByName(SERIALIZABLE));
        // An object of the image must be of a class that is ready.
        RuntimeClassInitialization.initializeAtBuildTime(TestClasses.class);
        ImageSingletons.add(TestClasses.class, classes);
    }

    /** A test class, a class around its tests, or one that it inherits tests from. */
    private void registerTest(Class<?> type) {
        if (type == null || type == Object.class || !seen.add(type)) {
            return;
        }
        RuntimeReflection.registerAllDeclaredClasses(type);
        registerNamed(type);
        registerAnnotationsOf(type);
        for (Executable constructor : type.getDeclaredConstructors()) {
            registerParametersOf(constructor);
        }
        for (Method method : type.getDeclaredMethods()) {
            // The bodies of lambda expressions are methods too, but not for JUnit.
            if (!method.isSynthetic()) {
                RuntimeReflection.register(method);
                registerAnnotationsOf(method);
                registerParametersOf(method);
            }
        }
        registerTest(type.getSuperclass());
        for (Class<?> nested : type.getDeclaredClasses()) {
            registerTest(nested);
        }
    }

    /** A class that an annotation names: JUnit makes an object of it and looks at its methods. */
    private static void registerNamed(Class<?> type) {
        if (type == null || type.isPrimitive() || type.getName().startsWith("java.")) {
            return;
        }
        RuntimeReflection.register(type);
        RuntimeReflection.register(type.getDeclaredConstructors());
        RuntimeReflection.registerAsQueried(type.getDeclaredMethods());
        registerNamed(type.getSuperclass());
        Arrays.stream(type.getInterfaces()).forEach(SuiteFeature::registerNamed);
    }

    private void registerParametersOf(Executable executable) {
        for (Parameter parameter : executable.getParameters()) {
            registerAnnotationsOf(parameter);
        }
    }

    private void registerAnnotationsOf(AnnotatedElement element) {
        for (Annotation annotation : element.getAnnotations()) {
            registerAnnotation(annotation);
        }
    }

    /** With its own annotations: JUnit's are made of others. */
    private void registerAnnotation(Annotation annotation) {
        Class<? extends Annotation> type = annotation.annotationType();
        if (type.getName().startsWith("java.")) {
            return;
        }
        for (Method attribute : type.getDeclaredMethods()) {
            registerClassesIn(value(annotation, attribute));
        }
        if (seen.add(type)) {
            RuntimeReflection.register(type);
            RuntimeReflection.register(type.getDeclaredMethods());
            registerAnnotationsOf(type);
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
            case Class<?> type -> registerNamed(type);
            case Annotation annotation -> registerAnnotation(annotation);
            case Object[] several -> Arrays.stream(several).forEach(this::registerClassesIn);
            default -> {
                // Numbers, strings and enumerations need no reflection.
            }
        }
    }
}
