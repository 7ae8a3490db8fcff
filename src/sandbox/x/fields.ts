import type { SandboxVocabulary } from './vocabulary.js';

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Names that both vocabularies have. Source: X's OpenAPI files 2.166 and 2.167. */
const postFields = words(`
  article attachments card_uri community_id context_annotations conversation_id created_at display_text_range
  edit_controls entities geo id lang matched_media_notes media_metadata non_public_metrics note_request_suggestions
  organic_metrics paid_partnership possibly_sensitive promoted_metrics public_metrics reply_settings scopes source
  suggested_source_links suggested_source_links_with_counts text withheld`);
const userFields = words(`
  confirmed_email connection_status created_at description entities id is_identity_verified location name parody
  profile_banner_url profile_image_url protected public_metrics receives_your_dm subscription subscription_type url
  username verified verified_followers_count verified_type withheld`);
const expansions = words(`
  article.cover_media article.media_entities attachments.media_keys attachments.media_source_tweet attachments.poll_ids
  author_id entities.mentions.username geo.place_id in_reply_to_user_id`);
const others = {
  'media.fields': words(`
    alt_text duration_ms height media_key non_public_metrics organic_metrics preview_image_url promoted_metrics
    public_metrics type url variants width`),
  'place.fields': words('contained_within country country_code full_name geo id name place_type'),
  'poll.fields': words('duration_minutes end_datetime id options voting_status'),
};

/** What may be asked for, by parameter and vocabulary. */
export const selectable: Readonly<Record<SandboxVocabulary, Readonly<Record<string, readonly string[]>>>> = {
  tweet: {
    ...others,
    'tweet.fields': [
      ...postFields,
      ...words('author_id edit_history_tweet_ids in_reply_to_user_id note_tweet referenced_tweets'),
    ],
    'user.fields': [...userFields, ...words('affiliation most_recent_tweet_id pinned_tweet_id')],
    expansions: [
      ...expansions,
      ...words(`edit_history_tweet_ids entities.note.mentions.username referenced_tweets.id
        referenced_tweets.id.attachments.media_keys referenced_tweets.id.author_id`),
    ],
  },
  post: {
    ...others,
    'post.fields': [...postFields, ...words('article_title note_post')],
    'user.fields': [...userFields, 'subscribes_to_you'],
    expansions: [...expansions, ...words('edit_history_post_ids referenced_posts username')],
  },
};
