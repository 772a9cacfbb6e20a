package app;

/** Found without configuration: it is the only class with a main. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.out.println("arguments: " + String.join(" ", args));
        System.out.println("color: " + System.getProperty("color"));
        System.out.println("shape: " + System.getProperty("shape"));
        System.exit(3);
    }
}
