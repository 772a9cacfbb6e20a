package dev.cortado.kernel.substrate;

import com.oracle.svm.core.jdk.SystemPropertiesSupport;

/** System properties that an operating system would tell. */
final class GuestProperties extends SystemPropertiesSupport {
    /**
     * Where a JDK would be. Nothing is there, so that who looks for a configuration below it goes
     * on as with a JDK that has none.
     */
    private static final String JAVA_HOME = "/java";

    GuestProperties() {
        initializeProperty("java.home", JAVA_HOME);
        // As with the option of java: sun.misc.Unsafe is there, and says nothing about it. Without,
        // libraries that ask do not use it, though what they have for native-image counts on it.
        initializeProperty("sun.misc.unsafe.memory.access", "allow");
    }

    @Override
    protected String userNameValue() {
        return "root";
    }

    @Override
    protected String userHomeValue() {
        return "/";
    }

    @Override
    protected String userDirValue() {
        return "/";
    }

    @Override
    protected String osNameValue() {
        return "Cortado";
    }

    @Override
    protected String osVersionValue() {
        return "0.1.0";
    }

    @Override
    protected String javaIoTmpdirValue() {
        return "/tmp";
    }

    @Override
    protected String javaLibraryPathValue() {
        return "";
    }
}
