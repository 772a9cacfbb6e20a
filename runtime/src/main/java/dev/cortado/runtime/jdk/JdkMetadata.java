package dev.cortado.runtime.jdk;

import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.util.ReflectionUtil;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.io.ObjectStreamException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.function.Consumer;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.hosted.RuntimeReflection;
import org.graalvm.nativeimage.hosted.RuntimeResourceAccess;
import org.graalvm.nativeimage.hosted.RuntimeSerialization;

/**
 * What classes of the JDK look up by name, and native-image does not know of: each as soon as the
 * class that looks it up can be reached.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class JdkMetadata implements InternalFeature {
    private static final String APACHE = "com.sun.org.apache.";
    private static final String XERCES = APACHE + "xerces.internal.";
    private static final String MESSAGES = XERCES + "impl.msg.";
    private static final String XSLTC = APACHE + "xalan.internal.xsltc.";
    private static final String SIGNATURES = APACHE + "xml.internal.security.";

    /**
     * Words of a class of the program and one of the JDK that it names, with a colon between them,
     * which the image builder has found: see its package names.
     */
    private static final String NAMED = "cortado.named.classes";

    /** A guest has no screen; what is named of this would bring all of it into the image. */
    private static final String DESKTOP = "java.desktop";

    private BeforeAnalysisAccess access;

    @Override
    public String getDescription() {
        return "Knows what classes of the JDK look up by name";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess before) {
        access = before;
        named();
        xml();
        signatures();
        bundles("com.sun.rowset.JdbcRowSetResourceBundle", "com/sun/rowset/RowSetResourceBundle");
        rowSets();
        beans();
        for (String type : List.of("SSLParameters", "SSLEngine", "SSLSocket")) {
            whenReachable("javax.net.ssl." + type, JdkMetadata::applicationProtocols);
        }
        bundles(
                "sun.security.util.ResourcesMgr",
                "sun.security.util.resources.security",
                "sun.security.util.resources.auth");
        String login = "javax.security.auth.login.Configuration";
        classes(login, "sun.security.provider.ConfigFile");
        classes(login, "sun.security.provider.ConfigFile$Spi");
        whenReachable("java.time.chrono.HijrahChronology", JdkMetadata::hijrahCalendars);
        whenReachable("java.io.ObjectOutputStream", JdkMetadata::failuresToWrite);
    }

    private void named() {
        for (String word : System.getProperty(NAMED, "").split(",")) {
            int colon = word.indexOf(':');
            if (colon > 0) {
                whenReachable(
                        word.substring(0, colon), user -> registerNamed(word.substring(colon + 1)));
            }
        }
    }

    private void xml() {
        classes(
                APACHE + "xml.internal.utils.StringBufferPool",
                APACHE + "xml.internal.utils.FastStringBuffer");
        packages(
                APACHE + "xpath.internal.compiler.FunctionTable",
                APACHE + "xpath.internal.functions");
        bundles(
                APACHE + "xml.internal.res.XMLMessages",
                APACHE + "xml.internal.res.XMLErrorResources");
        bundles(
                APACHE + "xpath.internal.res.XPATHMessages",
                APACHE + "xpath.internal.res.XPATHErrorResources");
        bundles(XSLTC + "compiler.util.ErrorMsg", XSLTC + "compiler.util.ErrorMessages");
        bundles(XSLTC + "runtime.BasisLibrary", XSLTC + "runtime.ErrorMessages");
        bundles(XERCES + "util.SAXMessageFormatter", MESSAGES + "SAXMessages");
        bundles(XERCES + "util.DatatypeMessageFormatter", MESSAGES + "DatatypeMessages");
        bundles(XERCES + "xinclude.XIncludeMessageFormatter", MESSAGES + "XIncludeMessages");
        bundles(XERCES + "xpointer.XPointerMessageFormatter", MESSAGES + "XPointerMessages");
        bundles(
                XERCES + "jaxp.validation.JAXPValidationMessageFormatter",
                MESSAGES + "JAXPValidationMessages");
        bundles(
                XERCES + "dom.DOMMessageFormatter",
                MESSAGES + "DOMMessages",
                MESSAGES + "XMLSerializerMessages",
                MESSAGES + "XMLMessages");
        bundles(XERCES + "impl.xpath.regex.RegexParser", XERCES + "impl.xpath.regex.message");
        bundles("javax.xml.catalog.CatalogMessages", "javax.xml.catalog.CatalogMessages");
    }

    private void rowSets() {
        String factory = "javax.sql.rowset.spi.SyncFactory";
        whenReachable(
                factory,
                type ->
                        RuntimeResourceAccess.addResource(
                                type.getModule(), "javax/sql/rowset/rowset.properties"));
        classes(factory, "com.sun.rowset.providers.RIOptimisticProvider");
        classes(factory, "com.sun.rowset.providers.RIXMLProvider");
        // It looks whether a number is that of a type among the constants.
        whenReachable(
                "javax.sql.rowset.RowSetMetaDataImpl", type -> registerFields("java.sql.Types"));
    }

    /** Of the editors, those that need no screen. */
    private void beans() {
        packages("com.sun.beans.decoder.DocumentHandler", "com.sun.beans.decoder");
        classes("com.sun.beans.decoder.DocumentHandler", "java.beans.XMLDecoder");
        for (String type :
                List.of("Boolean", "Byte", "Double", "Enum", "Float", "Integer", "Long", "Short")) {
            classes(
                    "com.sun.beans.finder.PropertyEditorFinder",
                    "com.sun.beans.editors." + type + "Editor");
        }
        classes("com.sun.beans.finder.PropertyEditorFinder", "com.sun.beans.editors.StringEditor");
    }

    private void signatures() {
        bundles(
                SIGNATURES + "utils.I18n",
                "com.sun.org.apache.xml.internal.security/resource/xmlsecurity");
        packages(
                SIGNATURES + "Init",
                SIGNATURES + "algorithms.implementations",
                SIGNATURES + "c14n.implementations",
                SIGNATURES + "keys.keyresolver.implementations",
                SIGNATURES + "transforms.implementations",
                SIGNATURES + "utils.resolver.implementations");
    }

    private void whenReachable(String user, Consumer<Class<?>> action) {
        Class<?> type = access.findClassByName(user);
        if (type != null) {
            access.registerReachabilityHandler(during -> action.accept(type), type);
        }
    }

    /** The user has messages for people in these. */
    private void bundles(String user, String... names) {
        whenReachable(
                user,
                type -> {
                    for (String name : names) {
                        RuntimeResourceAccess.addResourceBundle(type.getModule(), name);
                    }
                });
    }

    /** The user makes objects of any class in these packages of its module. */
    private void packages(String user, String... names) {
        whenReachable(
                user,
                type -> {
                    for (String name : names) {
                        JdkModules.classes(type.getModule().getName(), name)
                                .forEach(this::registerConstructors);
                    }
                });
    }

    /** The user makes objects of this class. */
    private void classes(String user, String name) {
        whenReachable(user, type -> registerConstructors(name));
    }

    /** What a program chooses by name, the JDK makes with the constructor without parameters. */
    private void registerNamed(String name) {
        Class<?> type = access.findClassByName(name);
        if (type == null
                || Modifier.isAbstract(type.getModifiers())
                || DESKTOP.equals(type.getModule().getName())) {
            return;
        }
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == 0) {
                RuntimeReflection.register(type);
                RuntimeReflection.register(constructor);
            }
        }
    }

    private void registerFields(String name) {
        Class<?> type = access.findClassByName(name);
        if (type != null) {
            RuntimeReflection.register(type);
            RuntimeReflection.register(type.getFields());
        }
    }

    private void registerConstructors(String name) {
        Class<?> type = access.findClassByName(name);
        if (type != null) {
            RuntimeReflection.register(type);
            if (!type.isInterface() && !Modifier.isAbstract(type.getModifiers())) {
                RuntimeReflection.register(type.getDeclaredConstructors());
            }
        }
    }

    /** Libraries that also run where these are not there yet look for them by made up names. */
    private static void applicationProtocols(Class<?> user) {
        for (Method method : user.getMethods()) {
            if (method.getName().contains("ApplicationProtocol")) {
                RuntimeReflection.register(method);
            }
        }
    }

    private static void hijrahCalendars(Class<?> user) {
        JdkModules.files(user.getModule().getName(), user.getPackageName()).stream()
                .filter(file -> file.endsWith(".properties"))
                .forEach(file -> RuntimeResourceAccess.addResource(user.getModule(), file));
    }

    /**
     * A stream into which something cannot be written gets the exception instead, with its causes
     * (Java Object Serialization Specification, 6.4.1, exception): without, that is what fails.
     */
    private static void failuresToWrite(Class<?> user) {
        RuntimeSerialization.register(
                NotSerializableException.class,
                InvalidClassException.class,
                ObjectStreamException.class,
                IOException.class,
                Exception.class,
                Throwable.class,
                String.class,
                StackTraceElement.class,
                StackTraceElement[].class,
                Object[].class);
        RuntimeSerialization.register(
                List.of().getClass(), ReflectionUtil.lookupClass(false, "java.util.CollSer"));
    }
}
