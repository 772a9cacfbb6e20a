package com.oracle.svm.core;

import java.lang.reflect.Method;

/**
 * The class that a program is started by, which its {@code main} may be inherited by: an object of
 * it is what the method is called on, and its name is what {@code sun.java.command} begins with
 * (JLS 25, section 12.1.4).
 */
public final class StartedClass {
    /** The system property of the builder's JVM with the class's binary name. */
    private static final String PROPERTY = "cortado.started.class";

    private StartedClass() {}

    /** In place of the class that declares {@code main}. */
    public static Class<?> of(Method main) {
        String name = System.getProperty(PROPERTY);
        Class<?> declaring = main.getDeclaringClass();
        if (name == null || name.equals(declaring.getName())) {
            return declaring;
        }
        try {
            Class<?> started =
                    Class.forName(name, false, Thread.currentThread().getContextClassLoader());
            return declaring.isAssignableFrom(started) ? started : declaring;
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
