package dev.cortado.examples.hello;

/** The smallest program that is of any use: it says hello, and where it says it from. */
public final class Hello {
    private Hello() {}

    public static void main(String[] args) {
        System.out.println("Hello from Cortado");
        System.out.println(
                "Java "
                        + System.getProperty("java.version")
                        + " on "
                        + System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.arch"));
    }
}
