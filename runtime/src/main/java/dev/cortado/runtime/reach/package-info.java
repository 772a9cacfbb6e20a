/** While an image is built: which calls lead to something. Nothing here knows the compiler. */
package dev.cortado.runtime.reach;
