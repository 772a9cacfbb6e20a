package dev.cortado.system.libraries;

/** Well-known libraries at work. What it prints is the same wherever it runs. */
public final class Libraries {
    /** One library. */
    private interface Part {
        void run() throws Exception;
    }

    private Libraries() {}

    public static void main(String[] arguments) {
        part("Jackson", JacksonPart::run);
        part("logback", LogbackPart::run);
        part("Kotlin", KotlinPart::run);
        part("Netty", NettyPart::run);
        part("Lucene", LucenePart::run);
        part("H2", DatabasePart::run);
        part("Java's previews", PreviewPart::run);
        part("vectors", VectorPart::run);
    }

    /** One that fails does not hide what the others do. */
    private static void part(String name, Part part) {
        System.out.println("== " + name);
        try {
            part.run();
        } catch (Throwable e) {
            System.out.println("failed: " + e);
            e.printStackTrace();
        }
    }
}
