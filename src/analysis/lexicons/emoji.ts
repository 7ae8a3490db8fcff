import type { Strengths } from './strengths.js';

/** Emoji and emoticons. Variation selectors and skin tones are left out when a text is read. */
export const emojiStrengths: Strengths = {
  3: '🔥 ❤ 😍 🤩 🏆 🥇 💯 ♥ 💖 💕 💗 💓 💞 💝 😻 🥳',
  2.2: '👏 🙌 👍 😂 🤣 😊 😁 😃 😄 😀 😆 🎉 🎊 💪 ✨ ⭐ 🌟 😎 🥰 😘 😚 😗 💥 👌 🙏 😇 💙 💚 💛 💜 🧡 🤍 🖤 🤗 ☺ 🙂 😉 😋 🤤 😌 😏 🎈 🍀 ✌ 🤘 🤟 🤙 😹 😸 😺 💫 🌹 🌈 ☀ 🤞 👊 🫶 🥹 🫡 ✅ 🎂 💃 🕺 👑 💐 :) :-) :] =] :D :-D :d =D =) ;) ;-) ;D ^^ <3 xD XD (: (-: ^_^ :p :P :-P ;p ;P =P =p :* :-* \\o/',
  0.5: '😭 💀 😮 😱',
  [-0.6]: ':/ :-/',
  [-1.2]: '😐 😕 🙄 😒 😬 😑 🥱 😴 😶 🤔 😟 🙁 ☹ 🤷 😓 😥 😧 =/ :\\ :-\\ :| :-| :o :O :-o',
  [-2.2]:
    "😢 😞 😔 😡 😠 👎 💔 😤 😫 😩 😖 😣 🤦 😨 😰 😿 😾 🤕 🤒 🤥 👿 😈 ☠ ❌ 🚫 😳 :( :-( :[ =[ :c D: =( ;( </3 >:( -_- -__- -.- ._. :@ D= :S :s :'( ;_; T_T",
  [-3]: '🤮 🤢 💩 🤬 🖕 🗑',
};
