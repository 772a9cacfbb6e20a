package dev.cortado.runtime.jdk;

import com.oracle.graal.pointsto.meta.AnalysisType;
import com.oracle.svm.core.feature.InternalFeature;
import com.oracle.svm.core.jdk.management.ManagementSupport;
import com.oracle.svm.hosted.FeatureImpl.DuringAnalysisAccessImpl;
import com.oracle.svm.util.ReflectionUtil;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.PlatformManagedObject;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.management.MXBean;
import javax.management.NotificationEmitter;
import org.graalvm.nativeimage.ImageSingletons;
import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;
import org.graalvm.nativeimage.hosted.RuntimeProxyCreation;
import org.graalvm.nativeimage.hosted.RuntimeReflection;

/**
 * What JMX looks up by reflection where a program has a server for its beans: the methods of their
 * interfaces, the program's own too, and of the classes that these give out; and the interfaces of
 * the bean for the operating system that native-image has on Linux only.
 */
@Platforms(Platform.HOSTED_ONLY.class)
public final class ManagementMetadata implements InternalFeature {
    private static final String SYSTEM_BEAN = "com.sun.management.UnixOperatingSystemMXBean";
    private static final String SERVER = "com.sun.jmx.mbeanserver.JmxMBeanServer";

    private final Set<Class<?>> seen = new HashSet<>();
    private Class<?> server;

    /** Whether the compiler's JVM has the module jdk.management. */
    @Platforms(Platform.HOSTED_ONLY.class)
    static final class IsComplete implements BooleanSupplier {
        @Override
        public boolean getAsBoolean() {
            return ReflectionUtil.lookupClass(true, SYSTEM_BEAN) != null;
        }
    }

    @Override
    public String getDescription() {
        return "Knows what JMX looks up by reflection";
    }

    @Override
    public void beforeAnalysis(BeforeAnalysisAccess access) {
        if (new IsComplete().getAsBoolean()) {
            registerSystemBean();
        }
        server = access.findClassByName(SERVER);
    }

    /** What gives out the bean for its general interface does so for the others. */
    private static void registerSystemBean() {
        var beans =
                ReflectionUtil.<ManagementSupport.MXBeans>readField(
                        ManagementSupport.class,
                        "mxBeans",
                        ImageSingletons.lookup(ManagementSupport.class));
        Map<Class<?>, Object> objects =
                ReflectionUtil.readField(ManagementSupport.MXBeans.class, "classToObject", beans);
        Object supplier = objects.get(OperatingSystemMXBean.class);
        Class<?> bean = ReflectionUtil.lookupClass(false, SYSTEM_BEAN);
        objects.put(bean, supplier);
        for (Class<?> each : bean.getInterfaces()) {
            if (PlatformManagedObject.class.isAssignableFrom(each)) {
                objects.put(each, supplier);
            }
        }
    }

    /** By its name or its annotation: see {@link MXBean}, and the JMX Specification, 2.2. */
    private static boolean isBeanInterface(Class<?> type) {
        return type.getName().endsWith("MBean")
                || type.getName().endsWith("MXBean")
                || type.isAnnotationPresent(MXBean.class);
    }

    @Override
    public void duringAnalysis(DuringAnalysisAccess access) {
        if (server == null || !access.isReachable(server)) {
            return;
        }
        for (AnalysisType each : ((DuringAnalysisAccessImpl) access).getUniverse().getTypes()) {
            if (each.isReachable() && each.isInterface()) {
                registerInterface(access, each.getJavaClass());
            }
        }
    }

    private void registerInterface(DuringAnalysisAccess access, Class<?> type) {
        if (isBeanInterface(type) && seen.add(type)) {
            RuntimeProxyCreation.register(type);
            RuntimeProxyCreation.register(type, NotificationEmitter.class);
            registerMethods(type);
            access.requireAnalysisIteration();
        }
    }

    private void registerMethods(Class<?> type) {
        RuntimeReflection.register(type);
        for (Method method : type.getMethods()) {
            RuntimeReflection.register(method);
            Stream.concat(
                            Stream.of(method.getGenericReturnType()),
                            Stream.of(method.getGenericParameterTypes()))
                    .flatMap(each -> classes(each, new HashSet<>()).stream())
                    .filter(each -> isComposite(each) && seen.add(each))
                    .forEach(this::registerMethods);
        }
    }

    /** The classes that a type is made of. */
    private static Set<Class<?>> classes(Type type, Set<Class<?>> all) {
        if (type instanceof Class<?> simple) {
            all.add(simple.isArray() ? simple.getComponentType() : simple);
        } else if (type instanceof ParameterizedType parameterized) {
            for (Type each : parameterized.getActualTypeArguments()) {
                classes(each, all);
            }
        }
        return all;
    }

    /** Whether a bean's value of this class becomes a {@code CompositeData}, by its getters. */
    private static boolean isComposite(Class<?> type) {
        return !type.isPrimitive()
                && !type.isArray()
                && !type.isEnum()
                && !type.isInterface()
                && (type == StackTraceElement.class
                        || !type.getName().matches("java\\.(lang|util|math)\\.\\w+"))
                && !type.getName().startsWith("javax.management.");
    }
}
